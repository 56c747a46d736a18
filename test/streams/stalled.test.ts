import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeEngine, frame, type Reply, type Stub } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { programArgv, programEnv, type Running, startProgram } from '../program.ts'

const line = 'the quick brown fox jumps over the lazy dog\n'
const big = line.repeat(20_000)

/** Says `chunk` for ever, at the pace of who listens. */
function pour(chunk: Uint8Array, to: Writable): Promise<void> {
  return new Promise((resolve) => {
    const write = (): void => {
      while (!to.destroyed && to.write(chunk)) continue
    }
    to.on('drain', write)
      .once('close', resolve)
      .on('error', () => undefined)
    write()
  })
}

function endless(chunk: Uint8Array): Reply {
  return { handle: (response) => pour(chunk, response) }
}

const container = { Id: 'c'.repeat(64), Config: { Tty: false, Labels: { big } }, Name: '/c' }
const frames = endless(frame(1, line))
const event = endless(Buffer.from(`${JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: 'c' } })}\n`))
const progress = endless(Buffer.from(`${JSON.stringify({ id: 'layer', status: 'Waiting' })}\n`))
const rows = Array.from({ length: 3000 }, (_, i) => ({
  Id: `${i}`.padStart(64, '0'),
  Names: [`/name${i}`],
  Image: 'x',
  Created: 0,
}))

const commands: [string[], Record<string, Stub>][] = [
  [['logs', 'c'], { 'GET /containers/c/json': { json: container }, [`GET /containers/${container.Id}/logs`]: frames }],
  [['events'], { 'GET /events': event }],
  [['pull', 'busybox'], { 'POST /images/create': progress }],
  [['ps'], { 'GET /containers/json': { json: rows } }],
  [['inspect', 'c'], { 'GET /containers/c/json': { json: container } }],
  [['save', 'busybox'], { 'GET /images/get': frames }],
  [['export', 'c'], { 'GET /containers/c/export': frames }],
  [['attach', '--no-stdin', '--sig-proxy=false', 'c'], attachable()],
]

function attachable(): Record<string, Stub> {
  const handle = (response: ServerResponse): void => response.flushHeaders()
  return {
    'GET /containers/c/json': { json: { ...container, State: { Running: true } } },
    'POST /containers/c/attach': { hijack: ({ socket }) => pour(frame(1, line), socket) },
    'POST /containers/c/wait': { handle },
  }
}

/** A pipe: the end to write to, whether it is full, and what has been written to it. */
function pipe() {
  const name = path.join(temporaryFolder(), 'pipe')
  spawnSync('mkfifo', [name])
  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = fs.constants
  const reader = fs.openSync(name, O_RDONLY | O_NONBLOCK)
  const writer = fs.openSync(name, O_WRONLY)
  const probe = fs.openSync(name, O_WRONLY | O_NONBLOCK)
  const byte = Buffer.alloc(1)
  let begin = ''
  const open = new Set([reader, writer, probe])
  const close = (fd: number): void => void (open.delete(fd) && fs.closeSync(fd))
  onTestFinished(() => open.forEach(close))
  return {
    writer,
    /** Whether the program has written something, and can write no more. */
    isFull(): boolean {
      try {
        if (begin === '') begin = fs.readSync(reader, byte) === 0 ? '' : byte.toString()
        // A whole page: a shorter write may still fit behind what is there.
        fs.writeSync(probe, Buffer.alloc(4096))
        return false
      } catch (error) {
        return begin !== '' && (error as NodeJS.ErrnoException).code === 'EAGAIN'
      }
    },
    /** Leaves the program alone with it. */
    release(): void {
      close(writer)
      close(probe)
    },
    closeReader: () => close(reader),
    async text(): Promise<string> {
      this.release()
      open.delete(reader)
      const socket = new Socket({ fd: reader, readable: true, writable: false })
      const text = (await buffer(socket)).toString()
      return (begin + text).replaceAll('\0', '')
    },
  }
}

/** Waits until the program can write no more. */
async function stalled(running: Running, out: { isFull(): boolean }): Promise<void> {
  await expect.poll(() => out.isFull() || running.stderr(), { timeout: 10_000 }).toBe(true)
}

describe('output that nobody reads', () => {
  it.each(commands)(
    '%j ends by a signal',
    async (argv, stubs) => {
      const engine = await fakeEngine({}, { optional: stubs })
      const out = pipe()
      const running = startProgram(engine.host, argv, ['ignore', out.writer, 'pipe'])
      await stalled(running, out)
      running.child.kill('SIGTERM')
      expect([await running.ended(), running.stderr()]).toEqual([128 + 15, ''])
    },
    30_000,
  )

  it('ends by a signal where it is a socket', async () => {
    const engine = await fakeEngine({ 'GET /images/get': frames })
    // Node gives a child a socket for a pipe, and reads no more of it than it has room for.
    const running = startProgram(engine.host, ['save', 'busybox'], ['ignore', 'pipe', 'pipe'])
    await once(running.child.stdout!, 'readable')
    running.child.kill('SIGINT')
    expect(await running.ended()).toBe(128 + 2)
  }, 30_000)

  it('ends by the third signal at once where the container gets the signals', async () => {
    const engine = await fakeEngine({}, { optional: { ...attachable(), 'POST /containers/c/kill': { status: 204 } } })
    const out = pipe()
    const running = startProgram(engine.host, ['attach', '--no-stdin', 'c'], ['ignore', out.writer, 'pipe'])
    await stalled(running, out)
    for (const sent of [1, 2, 3]) {
      running.child.kill('SIGTERM')
      const seen = (): number => engine.calls.filter((call) => call.endsWith('/kill')).length
      if (sent < 3) await expect.poll(seen, { timeout: 10_000 }).toBe(sent)
    }
    expect(await running.ended()).toBe(1)
    expect(running.stderr()).toBe('\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n')
  }, 30_000)
})

describe('output that is read late', () => {
  it('is whole', async () => {
    const engine = await fakeEngine({ 'GET /containers/c/json': { json: container } })
    const out = pipe()
    const running = startProgram(
      engine.host,
      ['inspect', '--format', '{{.Config.Labels.big}}', 'c'],
      ['ignore', out.writer, 'pipe'],
    )
    await stalled(running, out)
    expect(await out.text()).toBe(`${big}\n`)
    expect(await running.ended()).toBe(0)
  }, 30_000)

  it('keeps the order of stdout and stderr where both are one pipe', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i}: ${line}`)
    const logs = Buffer.concat(lines.map((text, i) => frame(1 + (i % 2), text)))
    const engine = await fakeEngine({
      'GET /containers/c/json': { json: container },
      [`GET /containers/${container.Id}/logs`]: { bytes: logs },
    })
    const out = pipe()
    const running = startProgram(engine.host, ['logs', 'c'], ['ignore', out.writer, out.writer])
    await stalled(running, out)
    expect(await out.text()).toBe(lines.join(''))
    expect(await running.ended()).toBe(0)
  }, 30_000)

  it('ends as SIGPIPE would once the reader goes', async () => {
    const engine = await fakeEngine({ 'GET /containers/c/json': { json: container } })
    const out = pipe()
    const running = startProgram(engine.host, ['inspect', 'c'], ['ignore', out.writer, 'pipe'])
    await stalled(running, out)
    out.release()
    out.closeReader()
    expect([await running.ended(), running.stderr()]).toEqual([128 + 13, ''])
  }, 30_000)
})

describe('output that cannot be written', () => {
  const run = (words: string, shell: string) =>
    spawnSync('sh', ['-c', `"$@" ${words} ${shell}`, 'sh', ...programArgv()], { encoding: 'utf8', env: programEnv('') })

  it('is told in words', () => {
    const { status, stderr } = run('--help', '>/dev/full')
    expect([status, stderr]).toEqual([1, 'write /dev/stdout: no space left on device\n'])
  })

  it('does not change the exit code of an error', () => {
    expect(run('ps --nonsense', '2>/dev/full').status).toBe(125)
    expect(run('nonsense', '2>/dev/full').status).toBe(1)
  })

  it('ends quietly where the reader went before it began', () => {
    const script = '{ trap "" PIPE; while :; do echo || break; done; "$@" --help; echo $? >&3; } 2>/dev/null | true'
    const { output } = spawnSync('sh', ['-c', script, 'sh', ...programArgv()], {
      encoding: 'utf8',
      env: programEnv(''),
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    })
    expect(output[3]).toBe('141\n')
  })
})
