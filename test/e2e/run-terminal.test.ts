import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

onEngines('docket run at a terminal', (engine) => {
  const detach = '\x10\x11'

  test('run -it echoes, runs what is typed, and gives the exit code', async () => {
    const terminal = engine.terminal(['run', '-it', '--name', 'shell', 'busybox', 'sh'])
    await terminal.waitFor('# ')
    terminal.write('echo $((6 * 7))\r')
    await terminal.waitFor(/echo \$\(\(6 \* 7\)\)\r\n42\r\n/)
    terminal.write('exit 3\r')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(3)
    expect(after).toBe(before)
  })

  test('the container has the size of the terminal, from the start and after a change', async () => {
    const script = 'sleep 0.3; stty size; read x; stty size'
    const terminal = engine.terminal(['run', '-it', 'busybox', 'sh', '-c', script], { columns: 97, rows: 33 })
    await terminal.waitFor('33 97')
    terminal.resize(61, 21)
    await new Promise((resolve) => setTimeout(resolve, 300))
    terminal.write('\r')
    await terminal.waitFor('21 61')
    expect((await terminal.ended()).code).toBe(0)
  })

  test('^C goes to the container, not to docket', async () => {
    const script = 'trap "echo interrupted; exit 9" INT; echo ready; while :; do sleep 0.1; done'
    const terminal = engine.terminal(['run', '-it', 'busybox', 'sh', '-c', script])
    await terminal.waitFor('ready')
    terminal.write('\x03')
    await terminal.waitFor('interrupted')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(9)
    expect(after).toBe(before)
  })

  test('detaches with its keys, leaves the container running, and attaches to it again', async () => {
    const first = engine.terminal(['run', '-it', '--name', 'kept', 'busybox', 'sh'])
    await first.waitFor('# ')
    first.write(detach)
    const left = await first.ended()
    expect(left.code).toBe(0)
    expect(left.after).toBe(left.before)

    const { stdout } = await engine.docket(['inspect', '--format', '{{.State.Running}}', 'kept'])
    expect(stdout).toBe('true\n')

    const second = engine.terminal(['attach', '--detach-keys', 'ctrl-x,x', 'kept'])
    await new Promise((resolve) => setTimeout(resolve, 500))
    second.write('echo here a"g"ain\r')
    await second.waitFor('here again')
    second.write('\x18x')
    const again = await second.ended()
    expect(again.code).toBe(1)
    expect(second.shown()).toContain('read escape sequence')
    expect(again.after).toBe(again.before)
  })

  test('a signal for docket goes on to a container with a terminal', async () => {
    const script = 'trap "exit 9" TERM; echo up; while :; do sleep 0.1; done'
    const terminal = engine.terminal(['run', '-it', '--name', 'proxied', 'busybox', 'sh', '-c', script])
    await terminal.waitFor('up')
    terminal.kill('SIGTERM')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(9)
    expect(after).toBe(before)
    const { stdout } = await engine.docket(['inspect', '-f', '{{.State.Status}}', 'proxied'])
    expect(stdout).toBe('exited\n')
  })

  test.runIf(engine.has('wait-removed')).each(['stdin', 'stdout', 'stderr'])(
    '-a %s alone ends with the container and its exit code, though nobody types',
    async (stream) => {
      const terminal = engine.terminal(['run', '-a', stream, '--rm', 'busybox', 'sh', '-c', 'sleep 1; exit 7'])
      const { code, before, after } = await terminal.ended()
      expect([code, terminal.shown()]).toEqual([7, ''])
      expect(after).toBe(before)
    },
  )

  test('exec -it has a terminal of its own and gives the exit code', async () => {
    await engine.docket(['run', '-d', '--name', 'host', 'busybox', 'sleep', '100'])
    const terminal = engine.terminal(['exec', '-it', 'host', 'sh'], { columns: 71, rows: 19 })
    await terminal.waitFor('# ')
    terminal.write('tty; stty size\r')
    await terminal.waitFor(/\/dev\/pts\/\d+\r\n19 71/)
    terminal.write('exit 4\r')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(4)
    expect(after).toBe(before)
  })

  test('the terminal comes back when docket is told to stop', async () => {
    const terminal = engine.terminal(['run', '-it', '--name', 'endless', 'busybox', 'sh', '-c', 'echo up; sleep 100'])
    await terminal.waitFor('up')
    await engine.docket(['rm', '-f', 'endless'])
    const { code, before, after } = await terminal.ended()
    expect(code).not.toBe(0)
    expect(after).toBe(before)
  })
})
