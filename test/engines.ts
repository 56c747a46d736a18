import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, inject, onTestFinished } from 'vitest'
import type { Feature } from './engines/declared.ts'
import { call } from './engines/testbed.ts'
import type { Engine, Testbed } from './engines/testbed.ts'
import { programArgv } from './program.ts'
import { openTerminal } from './pty.ts'
import type { Terminal } from './pty.ts'
import './engines/setup.ts'

/** What a docket that ran left behind. */
interface Outcome {
  code: number
  stdout: string
  stderr: string
  bytes: Buffer
}

interface RunOptions {
  input?: string | Buffer
  env?: Record<string, string>
  /** Where it runs, its home unless said otherwise. */
  cwd?: string
  /** Milliseconds; a docket that hangs fails the test with what it had printed. */
  limit?: number
}

/** An engine in the hands of a test: docket runs against it, with a configuration folder and a home of its own. */
export interface TestEngine extends Engine {
  testbed: Testbed
  /** The environment that docket runs in. */
  env: Record<string, string>
  /** DOCKER_CONFIG of this engine's tests. */
  config: string
  has: (feature: Feature) => boolean
  docket: (args: string[], options?: RunOptions) => Promise<Outcome>
  /** Starts docket and leaves it running. */
  start: (args: string[], env?: Record<string, string>, cwd?: string) => ChildProcessWithoutNullStreams
  /** Starts docket under a pseudo-terminal. */
  terminal: (args: string[], size?: { columns?: number; rows?: number; env?: Record<string, string> }) => Terminal
}

/** Runs a block of tests on every real engine that has the features; a skipped block's title says why. */
export function onEngines(title: string, body: (engine: TestEngine) => void, needs: Feature[] = []): void {
  const testbed = inject('testbed')
  if ('missing' in testbed) {
    describe.skip(`${title} (not run: ${testbed.missing})`, () => body(placeholder))
    return
  }
  for (const engine of testbed.engines) {
    const lacking = needs.filter((feature) => !engine.features.includes(feature))
    if (lacking.length > 0) {
      describe.skip(`${title} (${engine.name} lacks ${lacking.join(', ')})`, () => body(placeholder))
    } else {
      describe(`${title} on ${engine.name}`, () => {
        afterEach(() => removeContainers(engine))
        body(toTestEngine(engine, testbed))
      })
    }
  }
}

/** An account for nowhere: with none at all, docker keeps credentials in whatever helper it finds on PATH. */
const ownCredentials = '{"auths":{"nowhere.invalid":{"auth":"YTpi"}}}\n'

/** What the tests run: docket, or with DOCKET_PROGRAM another docker client, to see that the tests themselves are right. */
const [file = '', ...before] = programArgv()

/** An engine of a testbed with a home of its own for the tests of the block that this is called in. */
export function toTestEngine(engine: Engine, testbed: Testbed): TestEngine {
  const home = mkdtempSync(join(tmpdir(), 'docket-e2e-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const config = join(home, '.docker')
  mkdirSync(config)
  writeFileSync(join(config, 'config.json'), ownCredentials)
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, TERM: 'xterm', DOCKER_HOST: engine.host }
  const start: TestEngine['start'] = (args, more = {}, cwd = home) => {
    const child = spawn(file, [...before, ...args], { env: { ...env, ...more }, cwd })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
  return {
    ...engine,
    testbed,
    env,
    config,
    has: (feature) => engine.features.includes(feature),
    start,
    docket: (args, options = {}) => outcome(start(args, options.env, options.cwd), args, options),
    terminal: (args, size = {}) =>
      openTerminal([file, ...before, ...args], { ...size, env: { ...env, ...size.env }, cwd: home }),
  }
}

/** No test sees the containers of another. */
async function removeContainers(engine: Engine): Promise<void> {
  const listed = JSON.parse((await call(engine, 'GET', '/containers/json?all=1')).body) as { Id: string }[]
  for (const { Id } of listed) await call(engine, 'DELETE', `/containers/${Id}?force=1&v=1`)
}

async function outcome(
  child: ChildProcessWithoutNullStreams,
  args: string[],
  { input, limit = 30_000 }: RunOptions,
): Promise<Outcome> {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const bytes = (): Buffer => Buffer.concat(stdout)
  const words = (): string => Buffer.concat(stderr).toString()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      const shown = `stdout: ${bytes().subarray(0, 2000).toString()}\nstderr: ${words()}`
      reject(new Error(`docket ${args.join(' ')} did not end within ${limit} ms\n${shown}`))
    }, limit)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (signal) reject(new Error(`docket ${args.join(' ')} was ended by ${signal}\nstderr: ${words()}`))
      else resolve({ code: code ?? -1, bytes: bytes(), stdout: bytes().toString(), stderr: words() })
    })
  })
}

/** Stands in where a block is only collected to be listed as skipped. */
const placeholder = { has: () => false, testbed: { registries: {} } } as unknown as TestEngine
