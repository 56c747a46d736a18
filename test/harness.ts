import { endpointAt } from '../src/connection/endpoint.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { dispatch } from '../src/cli/dispatch.ts'
import type { PluginHost } from '../src/cli/plugin-host.ts'
import { report } from '../src/cli/report.ts'
import { completionValues } from '../src/commands/_completion/sources.ts'
import { type ConfigFile, loadConfig } from '../src/config/config-file.ts'
import type { ConfigData } from '../src/config/data.ts'
import { daemonFacts } from '../src/connection/daemon-facts.ts'
import type { Context } from '../src/context.ts'
import { noEngine } from '../src/errors/cli-error.ts'
import { catalog } from '../src/catalog.ts'
import { texts } from '../src/catalog-texts.ts'
import type { Engine } from '../src/engine/engine.ts'
import { loadCommand } from '../src/load-command.ts'
import { visible } from '../src/go/visible.ts'
import { versionLine } from '../src/version.ts'
import type { Input, Output } from '../src/streams/stdio.ts'
import type { FakeEngine } from './fake-engine.ts'

/** The world of one command line, as far as a test cares. */
export interface World {
  engine?: Pick<FakeEngine, 'host'> & { engine(): Engine | Promise<Engine> }
  stdin?: string | Readable
  stdinTerminal?: boolean
  env?: Record<string, string>
  cwd?: string
  config?: ConfigData
  /** A folder with a real config.json and contexts, in place of `config`. */
  configDir?: string
  /** Other programs as commands of this one; none unless given. */
  plugins?: PluginHost
  /** Told when stdin's terminal changes its mode. */
  onRawMode?: (raw: boolean) => void
  now?: Date
  /** Whether stdout and stderr are a terminal, `columns` wide (80 unless said otherwise). */
  terminal?: boolean
  columns?: number
  /** Called when the command writes to stdout. */
  onOutput?: (text: string) => void
  /** Told who takes over signals. */
  onSignal?: Context['onSignal']
  /** Ends the command as SIGINT would. */
  signal?: AbortSignal
}

export interface Outcome {
  stdout: string
  stderr: string
  exitCode: number
}

/** Runs a command line, by any of the program's names for it, and gives all that it left. The program is called `docker`. */
export async function run(argv: readonly string[], world: World = {}): Promise<Outcome> {
  const out = new Recorder(1, world)
  const err = new Recorder(2, { ...world, onOutput: undefined })
  const context = testContext(world, out, err)
  const program = {
    name: 'docker',
    version: versionLine('docker'),
    catalog,
    load: loadCommand,
    texts: () => Promise.resolve(texts),
    daemon: daemonFacts,
    context: (globals: Context['globals']) => ({ ...context, globals }),
    completions: completionValues,
    ...(world.plugins === undefined ? {} : { plugins: () => Promise.resolve(world.plugins!) }),
  }
  let exitCode
  try {
    exitCode = await dispatch(program, argv)
  } catch (error) {
    const said = report(error, { terminal: false, debug: false, signalNumber: world.signal?.aborted ? 2 : undefined })
    err.write(said.text)
    exitCode = said.exitCode
  }
  return { stdout: out.text, stderr: err.text, exitCode }
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-test-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

// What has just lost its terminal or its parent may write there to the last, as a shell does its history.
async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      fs.rmSync(folder, { recursive: true, force: true })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || attempt === 10) throw error
      await sleep(100)
    }
  }
}

function testContext(world: World, out: Output, err: Output): Context {
  const signal = world.signal ?? new AbortController().signal
  let engine: Engine | Promise<Engine> | undefined
  let config: Promise<ConfigFile> | undefined
  return {
    program: 'docker',
    in: inputOf(() => stdin(world.stdin), world.stdinTerminal, world.onRawMode),
    out,
    err,
    env: { TZ: 'UTC', ...world.env },
    cwd: world.cwd ?? '/',
    getwd: () => world.cwd ?? '/',
    installation: path.resolve('.'),
    home: '/nowhere',
    platform: 'linux',
    arch: 'amd64',
    globals: {},
    signal,
    now: () => world.now ?? new Date(),
    onSignal: world.onSignal ?? (() => () => undefined),
    raise: (name) => {
      throw new Error(`ended by ${name}`)
    },
    configDir: world.configDir ?? '/nowhere/.docker',
    config: () => (config ??= readConfig(world)),
    endpoint: () => {
      if (world.engine === undefined) return Promise.reject(new Error('this test has no endpoint'))
      return Promise.resolve(endpointAt({ host: world.engine.host, source: 'environment', contextName: 'default' }))
    },
    engine: () => {
      if (world.engine === undefined) return Promise.reject(noEngine('this test has no engine'))
      return Promise.resolve((engine ??= world.engine.engine()))
    },
  }
}

/** Input from a stream, as a command sees it. */
export function inputOf(
  open: () => Readable,
  isTerminal = false,
  setRaw: (raw: boolean) => void = () => undefined,
): Input {
  let source: Readable | undefined
  const stream = (): Readable => (source ??= open())
  let released = false
  return {
    fd: -1,
    isTerminal,
    stream,
    async pump(sink) {
      for await (const chunk of stream()) {
        if (released) return
        await sink(Buffer.from(chunk as string | Uint8Array))
      }
    },
    release: () => {
      released = true
      source?.destroy()
    },
    setRaw,
  }
}

async function readConfig({ configDir, config = {} }: World): Promise<ConfigFile> {
  if (configDir !== undefined) return loadConfig(configDir)
  return { filename: '/nowhere/.docker/config.json', data: config, exists: true }
}

function stdin(from: string | Readable | undefined): Readable {
  return from instanceof Readable ? from : Readable.from(from === undefined ? [] : [Buffer.from(from)])
}

/** Output that keeps what is written. */
export class Recorder implements Output {
  readonly fd: number
  readonly isTerminal: boolean
  readonly #columns: number
  readonly #chunks: Buffer[] = []
  readonly #heard: ((text: string) => void) | undefined

  constructor(
    fd: number,
    of: { terminal?: boolean; columns?: number; onOutput?: ((text: string) => void) | undefined } = {},
  ) {
    this.fd = fd
    this.isTerminal = of.terminal ?? false
    this.#columns = of.columns ?? 80
    this.#heard = of.onOutput
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString()
  }

  size(): { columns: number; rows: number } | undefined {
    return this.isTerminal ? { columns: this.#columns, rows: 24 } : undefined
  }

  write(data: string | Uint8Array): void {
    this.#chunks.push(Buffer.from(typeof data === 'string' && this.isTerminal ? visible(data) : data))
    this.#heard?.(this.text)
  }

  line(text: string): void {
    this.write(`${text}\n`)
  }

  send(data: string | Uint8Array): void {
    this.write(data)
  }

  drain(): void {}
}
