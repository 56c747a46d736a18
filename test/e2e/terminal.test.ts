import { afterEach, beforeEach, expect, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { call } from '../engines/testbed.ts'

/** What `stty -a` says but for the size. */
const modes = (text: string): string => text.replace(/rows \d+; columns \d+/, '')
const ctrl = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 96)

onEngines('a terminal', (engine) => {
  let id = ''

  /** A container that waits for us: `sh` on a terminal, or a program that says which signal it got. */
  async function container(body: object, start = true): Promise<string> {
    const { body: text } = await call(engine, 'POST', '/v1.41/containers/create', JSON.stringify(body))
    const { Id } = JSON.parse(text) as { Id: string }
    if (start) await call(engine, 'POST', `/v1.41/containers/${Id}/start`)
    return Id
  }

  beforeEach(async () => {
    id = await container({ Image: 'busybox', Cmd: ['sh'], Tty: true, OpenStdin: true })
  })

  afterEach(async () => {
    await call(engine, 'DELETE', `/v1.41/containers/${id}?force=1`)
  })

  test('exec -it echoes, tells its size, follows ours, hands keys on, and leaves the terminal as it was', async () => {
    const terminal = engine.terminal(['exec', '-it', id, 'sh'], { columns: 91, rows: 33 })
    await terminal.waitFor('# ')
    terminal.write('echo a"b"c; stty size; stty -a | grep -c -- -opost; tty\n')
    await terminal.waitFor(/abc\r\n33 91\r\n/)
    terminal.resize(100, 40)
    terminal.write('while [ "$(stty size)" != "40 100" ]; do sleep 0.1; done; echo resi""zed\n')
    await terminal.waitFor('resized\r\n')
    terminal.write('sleep 100\n')
    await new Promise((resolve) => setTimeout(resolve, 300))
    terminal.write(ctrl('c'))
    await terminal.waitFor('# ')
    terminal.write('exit 42\n')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(42)
    expect(modes(after)).toBe(modes(before))
  })

  test('exec -it leaves line feeds to the container', async () => {
    const terminal = engine.terminal(['exec', '-it', id, 'sh', '-c', 'stty raw; printf "a\\nb\\r\\nc"; stty -raw'])
    expect((await terminal.ended()).code).toBe(0)
    expect(terminal.shown()).toContain('a\nb\r\nc')
  })

  test('exec -it detaches on its keys, wherever they are cut', async () => {
    const terminal = engine.terminal(['exec', '-it', '--detach-keys', 'ctrl-x,y', id, 'sh'])
    await terminal.waitFor('# ')
    terminal.write(ctrl('x'))
    await new Promise((resolve) => setTimeout(resolve, 200))
    terminal.write('y')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(1)
    expect(terminal.shown()).toMatch(/read escape sequence\r\n$/)
    expect(after).toBe(before)
  })

  test('attach shows the prompt at once, and again after it was left', async () => {
    for (const round of [1, 2]) {
      const terminal = engine.terminal(['attach', id])
      await terminal.waitFor('# ')
      terminal.write(`echo round ${round}\n`)
      await terminal.waitFor(`round ${round}\r\n`)
      await terminal.waitFor('# ')
      terminal.write(ctrl('p') + ctrl('q'))
      const { code, before, after } = await terminal.ended()
      expect(code).toBe(1)
      expect(after).toBe(before)
    }
    const { body } = await call(engine, 'GET', `/v1.41/containers/${id}/json`)
    expect(JSON.parse(body)).toMatchObject({ State: { Running: true } })
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s ends attach and exec with the terminal restored', async (signal, status) => {
    for (const args of [
      ['attach', id],
      ['exec', '-it', id, 'sh'],
    ]) {
      const terminal = engine.terminal(args)
      await terminal.waitFor('# ')
      terminal.kill(signal)
      const { code, before, after } = await terminal.ended()
      expect(code, terminal.shown()).toBe(status)
      expect(after).toBe(before)
    }
  })

  test('start -ai runs to the end with the exit code of the container', async () => {
    const made = await container({ Image: 'busybox', Cmd: ['sh'], Tty: true, OpenStdin: true }, false)
    const terminal = engine.terminal(['start', '-ai', made], { columns: 77, rows: 22 })
    await terminal.waitFor('# ')
    // An older daemon learns the size only once the shell runs.
    terminal.write('until [ "$(stty size)" = "22 77" ]; do sleep 0.1; done; stty size; exit 5\n')
    const { code, before, after } = await terminal.ended()
    expect(terminal.shown()).toContain('22 77\r\n')
    expect(code).toBe(5)
    expect(after).toBe(before)
    await call(engine, 'DELETE', `/v1.41/containers/${made}?force=1`)
  })

  test('start -ai detaches and leaves the container running', async () => {
    const made = await container({ Image: 'busybox', Cmd: ['sh'], Tty: true, OpenStdin: true }, false)
    const terminal = engine.terminal(['start', '-ai', made])
    await terminal.waitFor('# ')
    terminal.write(ctrl('p') + ctrl('q'))
    expect((await terminal.ended()).code).toBe(0)
    const { body } = await call(engine, 'GET', `/v1.41/containers/${made}/json`)
    expect(JSON.parse(body)).toMatchObject({ State: { Running: true } })
    await call(engine, 'DELETE', `/v1.41/containers/${made}?force=1`)
  })
})
