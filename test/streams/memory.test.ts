import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../harness.ts'
import { programArgv, programEnv } from '../program.ts'

const mebibyte = 2 ** 20
const size = 256 * mebibyte
/** What the program may have, whatever the size of what goes through it, in MiB. */
const limit = 120

// The program's own pid comes first, and its peak is read until it ends. A reader that comes late finds the pipe full.
const piped = `exec 3>&2 2>/dev/null
{ if [ -n "$IN" ]; then cat "$IN"; fi; } | sh -c 'echo $$ >&3; exec "$@" 2>&3' sh "$@" | (sleep 0.5; cat >/dev/null)`

/** The most memory that a run of the program has, in MiB, between pipes; throws for one that writes to stderr. */
async function peakOf(argv: readonly string[], host: string, input = ''): Promise<number> {
  const env = { ...programEnv(host), IN: input }
  const child = spawn('sh', ['-c', piped, 'sh', ...programArgv(), ...argv], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  let peak = 0
  const look = (): void => void (peak = Math.max(peak, peakNow(told.split('\n')[0] ?? '')))
  child.stderr.on('data', (text: Buffer) => (told += text.toString()))
  const timer = setInterval(look, 5)
  await once(child, 'close')
  clearInterval(timer)
  const problem = told.replace(/^\d+\n/, '')
  if (problem !== '') throw new Error(problem)
  return peak
}

function peakNow(pid: string): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** The daemon of the benchmarks: what it is asked for is as large as the number in the name. */
async function daemon(): Promise<string> {
  const socket = path.join(temporaryFolder(), 'docker.sock')
  const child = spawn(process.execPath, ['scripts/bench/daemon.mjs', socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill())
  await once(child.stdout, 'data')
  return `unix://${socket}`
}

/** What leads to that daemon, and on each connection passes a mebibyte on and then nothing for a while, in which all could be read. */
async function slowDaemon(): Promise<string> {
  const there = (await daemon()).slice('unix://'.length)
  const socket = path.join(temporaryFolder(), 'slow.sock')
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const engine = net.connect({ path: there, allowHalfOpen: true })
    pipeline(client, pausing, engine, () => undefined)
    pipeline(engine, client, () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => void server.close())
  return `unix://${socket}`
}

async function* pausing(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = mebibyte
  for await (const chunk of chunks) {
    yield chunk
    if (left > 0 && (left -= chunk.length) <= 0) await setTimeout(500)
  }
}

/** A file of that size that takes no room. */
function large(): string {
  const file = path.join(temporaryFolder(), 'large')
  fs.writeFileSync(file, '')
  fs.truncateSync(file, size)
  return file
}

describe.runIf(process.platform === 'linux')('memory', () => {
  const name = `n-${size}`
  it.each([
    ['save', ['save', name]],
    ['logs', ['logs', 'n-1000000']],
    ['logs of a terminal', ['logs', 'tty-n-2000000']],
    ['cp to stdout', ['cp', `${name}:/tree`, '-']],
    ['events', ['events', '-f', 'container=n-50000']],
  ])(
    'stays small for %s while the reader is slow',
    async (_, argv) => {
      expect(await peakOf(argv, await daemon())).toBeLessThan(limit)
    },
    60_000,
  )

  it('stays small for what goes in and comes out again', async () => {
    expect(await peakOf(['run', '-i', '--rm', 'echo', 'cat'], await daemon(), large())).toBeLessThan(limit)
  }, 60_000)

  it('stays small for cp out of a container to a file', async () => {
    expect(await peakOf(['cp', `${name}:/tree`, large()], await daemon())).toBeLessThan(limit)
  }, 60_000)

  it.each([
    ['load -i', (file: string) => ['load', '-i', file]],
    ['import', (file: string) => ['import', file]],
    ['cp into a container', (file: string) => ['cp', file, 'sink:/in']],
  ])(
    'stays small for %s while the daemon takes nothing',
    async (_, argv) => {
      expect(await peakOf(argv(large()), await slowDaemon())).toBeLessThan(limit)
    },
    60_000,
  )

  it.each([
    ['load', ['load']],
    ['import', ['import', '-']],
    ['cp from stdin', ['cp', '-', 'sink:/in']],
    ['exec -i', ['exec', '-i', 'sink', 'cat']],
    ['run -i', ['run', '-i', '--rm', 'sink', 'cat']],
  ])(
    'stays small for %s, from a pipe, while the daemon takes nothing',
    async (_, argv) => {
      expect(await peakOf(argv, await slowDaemon(), large())).toBeLessThan(limit)
    },
    60_000,
  )
})
