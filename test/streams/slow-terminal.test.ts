import fs from 'node:fs'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { programArgv, programEnv, startProgram } from '../program.ts'
import { openTerminal, type Terminal } from '../pty.ts'

const id = 'c'.repeat(64)
const container = { Id: id, Config: { Tty: true, OpenStdin: true }, State: { Running: true } }

/** Says `y` for ever, at the pace of who listens. */
function pour(to: Writable): Promise<void> {
  return new Promise((resolve) => {
    const write = (): void => {
      while (!to.destroyed && !to.writableEnded && to.write('y\r\n'.repeat(400))) continue
    }
    to.on('drain', write)
      .once('close', resolve)
      .on('error', () => undefined)
    write()
  })
}

/** A container that says `y` until Ctrl-C is typed, and ends by SIGHUP. */
function yes(typed: () => void): Record<string, Stub> {
  let exited = (): void => undefined
  return {
    'POST /containers/create': { status: 201, json: { Id: id } },
    [`POST /containers/${id}/start`]: { status: 204 },
    [`POST /containers/${id}/kill`]: ({ query }) => {
      if (query['signal'] === 'HUP') exited()
      return { status: 204 }
    },
    [`POST /containers/${id}/resize`]: {},
    'GET /containers/c/json': { json: container },
    [`GET /containers/${id}/logs`]: { handle: (response) => pour(response) },
    [`POST /containers/${id}/wait`]: {
      handle(response) {
        response.flushHeaders()
        exited = () => response.end(JSON.stringify({ StatusCode: 129 }))
      },
    },
    'POST /containers/c/exec': { status: 201, json: { Id: 'e' } },
    'GET /exec/e/json': { json: { ExitCode: 130 } },
    'POST /exec/e/resize': {},
    'POST /exec/e/start': {
      async hijack(stream) {
        const poured = pour(stream.socket)
        await stream.received(1)
        typed()
        stream.socket.end()
        await poured
      },
    },
    [`POST /containers/${id}/attach`]: { hijack: ({ socket }) => pour(socket) },
  }
}

/** A run on a terminal: `status()` is the exit status once it has ended, which outlives the terminal. */
async function onTerminal(argv: string[]) {
  let isTyped = false
  const engine = await fakeEngine({}, { optional: yes(() => (isTyped = true)) })
  const note = path.join(temporaryFolder(), 'status')
  const script = 'trap : HUP INT; "$@"; echo $? >"$0.new"; mv "$0.new" "$0"'
  const terminal = openTerminal(['sh', '-c', script, note, ...programArgv(), ...argv], { env: programEnv(engine.host) })
  await terminal.waitFor(/y\r+\ny/)
  const status = (): string => (fs.existsSync(note) ? fs.readFileSync(note, 'utf8').trim() : '')
  return { terminal, status, typed: () => isTyped }
}

/** Reads nothing until the program has filled all there is between it and the terminal. */
async function stall(terminal: Terminal): Promise<void> {
  terminal.pause()
  let before = -1
  await expect
    .poll(
      () => {
        const same = before === terminal.shown().length
        before = terminal.shown().length
        return same
      },
      { interval: 300, timeout: 10_000 },
    )
    .toBe(true)
}

it('Ctrl-C in raw mode reaches the process while the terminal shows nothing', async () => {
  const { terminal, status, typed } = await onTerminal(['exec', '-it', 'c', 'yes'])
  await stall(terminal)
  terminal.write('\x03')
  await expect.poll(typed, { timeout: 10_000 }).toBe(true)
  // What is on its way is still shown, and only then is it over.
  terminal.resume()
  await expect.poll(status, { timeout: 10_000 }).toBe('130')
  const { before, after } = await terminal.ended()
  expect(after).toBe(before)
}, 30_000)

it('Ctrl-C ends logs while the terminal shows nothing', async () => {
  const { terminal, status } = await onTerminal(['logs', '-f', 'c'])
  await stall(terminal)
  terminal.write('\x03')
  await expect.poll(status, { timeout: 10_000 }).toBe('130')
  terminal.resume()
}, 30_000)

it.each([
  ['exec', '-it', 'c', 'yes'],
  ['run', '-it', 'busybox', 'yes'],
  ['logs', '-f', 'c'],
])(
  'a terminal that goes away ends %s %s as SIGHUP would',
  async (...argv) => {
    const { terminal, status } = await onTerminal(argv)
    terminal.hangUp()
    await expect.poll(status, { timeout: 10_000 }).toBe('129')
  },
  30_000,
)

it('SIGUSR1 opens no inspector, and ends nothing', async () => {
  const engine = await fakeEngine(
    {},
    { optional: { 'GET /events': { handle: (response) => response.flushHeaders() } } },
  )
  const running = startProgram(engine.host, ['events'], ['ignore', 'pipe', 'pipe'])
  await expect.poll(() => engine.calls, { timeout: 10_000 }).toEqual(['GET /events'])
  running.child.kill('SIGUSR1')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(listening(running.child.pid!)).toEqual([])
  running.child.kill('SIGTERM')
  expect([await running.ended(), running.stderr()]).toEqual([143, ''])
}, 30_000)

/** The sockets that a process listens on, by their numbers. */
function listening(pid: number): string[] {
  const own = fs.readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/fd/${fd}`)
    } catch {
      return ''
    }
  })
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    fs.readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1),
  )
  const inodes = rows.map((row) => row.trim().split(/\s+/)).filter(([, , , state]) => state === '0A')
  return inodes.map((row) => `socket:[${row[9]}]`).filter((name) => own.includes(name))
}
