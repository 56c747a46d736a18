import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { BUILT_FROM, sourcesDigest } from '../scripts/sources.mjs'
import { temporaryFolder } from './harness.ts'

const root = path.resolve(import.meta.dirname, '..')

/** A run of the built program, for tests of what only a process of its own has: descriptors, signals, exit codes. */
export interface Running {
  readonly child: ChildProcess
  /** What came on stderr, where that is piped. */
  stderr(): string
  /** Resolves when it has ended, with its exit code or the name of the signal that killed it; rejects after `limit` ms. */
  ended(limit?: number): Promise<number | string>
}

/** Whether DOCKET_PROGRAM names docket's binary, whose runtime is Bun. */
export const isBinary = /(^|\/)docket(-[\w-]+)?$/.test(process.env['DOCKET_PROGRAM'] ?? '')

/** The words that run the program, or the one that DOCKET_PROGRAM names; builds it first where nobody has. */
export function programArgv(): string[] {
  const other = process.env['DOCKET_PROGRAM']
  return other === undefined ? builtArgv() : other.split(' ')
}

/** The words that run what `npm run build` made, whatever DOCKET_PROGRAM names. */
export function builtArgv(): string[] {
  checkBuilt()
  return [process.execPath, '--', path.join(root, 'bin/docket')]
}

let checked = false

/** Builds the program where nobody has; throws where it was built from other sources than there are now. */
export function checkBuilt(): void {
  if (checked) return
  const built = path.join(root, BUILT_FROM)
  if (!fs.existsSync(built)) spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs')])
  if (fs.readFileSync(built, 'utf8') !== sourcesDigest(root)) {
    throw new Error('dist/ was built from other sources than src/ has now: run `npm run build`, and then this test')
  }
  checked = true
}

/** The variables that it gets: no configuration of whoever runs the test. */
export function programEnv(host: string, more: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: temporaryFolder(), DOCKER_HOST: host, ...more }
}

/** Starts the program against `host`, for the test that runs: it does not outlive the test. */
export function startProgram(host: string, argv: readonly string[], stdio: StdioOptions): Running {
  const [file = '', ...args] = [...programArgv(), ...argv]
  const child = spawn(file, args, { stdio, env: programEnv(host) })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exit = new Promise<number | string>((resolve) => {
    let left = child.stderr === null ? 1 : 2
    const end = (): void => void (--left === 0 && resolve(child.exitCode ?? child.signalCode ?? ''))
    child.on('exit', end)
    child.stderr?.on('close', end)
  })
  return {
    child,
    stderr: () => stderr,
    ended(limit = 10_000) {
      const late = new Promise<never>((_, reject) => {
        const fail = (): void => reject(new Error(`${argv.join(' ')} goes on after ${limit} ms; stderr: ${stderr}`))
        const timer = setTimeout(fail, limit)
        void exit.then(() => clearTimeout(timer))
      })
      return Promise.race([exit, late])
    },
  }
}
