import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
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

  it.each([
    ['load', ['load']],
    ['import', ['import', '-']],
    ['cp from stdin', ['cp', '-', 'sink:/in']],
    ['run -i', ['run', '-i', '--rm', 'echo', 'cat']],
  ])(
    'stays small for %s whatever comes in',
    async (_, argv) => {
      expect(await peakOf(argv, await daemon(), large())).toBeLessThan(limit)
    },
    60_000,
  )

  it.each([
    ['load -i', (file: string) => ['load', '-i', file]],
    ['cp into a container', (file: string) => ['cp', file, 'sink:/in']],
    ['cp out of a container', (file: string) => ['cp', `${name}:/tree`, file]],
  ])(
    'stays small for %s of a large file',
    async (_, argv) => {
      expect(await peakOf(argv(large()), await daemon())).toBeLessThan(limit)
    },
    60_000,
  )
})
