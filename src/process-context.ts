import fs from 'node:fs'
import path from 'node:path'
import { loadConfig, type ConfigFile } from './config/config-file.ts'
import { homeFolder } from './config/home.ts'
import type { Endpoint } from './connection/endpoint.ts'
import type { Context, GlobalOptions, SignalListener } from './context.ts'
import { osReason } from './errors/os-error.ts'
import type { Engine } from './engine/engine.ts'
import { replaceHungUp } from './streams/descriptor.ts'
import { FdInput, FdOutput, type Input } from './streams/stdio.ts'

const termination = ['SIGINT', 'SIGTERM'] as const
const goArch: Record<string, string> = {
  x64: 'amd64',
  ia32: '386',
  arm64: 'arm64',
  arm: 'arm',
  ppc64: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
}

/** The Context of a real process. What costs time (configuration, endpoint, engine, terminals) is made at first use. */
export class ProcessContext implements Context {
  readonly program: string
  readonly globals: GlobalOptions
  readonly out: FdOutput
  readonly err: FdOutput
  readonly in: Input
  /** The signal that ended the program, if one did. */
  endedBy: NodeJS.Signals | undefined
  private readonly proc: NodeJS.Process
  private controller: AbortController | undefined
  private readonly taken = new Map<NodeJS.Signals, SignalListener[]>()
  private terminations = 0
  private configFile: Promise<ConfigFile> | undefined
  private resolved: Promise<Endpoint> | undefined
  private connected: Promise<Engine> | undefined

  constructor(proc: NodeJS.Process, program: string, globals: GlobalOptions) {
    this.proc = proc
    this.program = program
    this.globals = globals
    const platform = proc.platform
    const stdin = { fd: 0, platform, stream: () => proc.stdin }
    const stdout = { fd: 1, platform, stream: () => proc.stdout }
    const stderr = { fd: 2, platform, stream: () => proc.stderr }
    const signal = (): AbortSignal => this.signal
    this.in = new FdInput(stdin)
    this.out = new FdOutput(stdout, signal)
    this.err = new FdOutput(stderr, signal, this.out)
    proc.on('exit', () => [stdin, stdout, stderr].forEach(replaceHungUp))
    for (const name of termination) proc.on(name, () => this.terminate(name))
  }

  get env(): NodeJS.ProcessEnv {
    return this.proc.env
  }

  readonly cwd = '.'

  readonly getwd = (): string => getwd(this.proc)

  readonly installation = path.resolve(__dirname, '..')

  get platform(): NodeJS.Platform {
    return this.proc.platform
  }

  get arch(): string {
    return goArch[this.proc.arch] ?? this.proc.arch
  }

  get home(): string {
    return homeFolder(this.env, this.platform)
  }

  get signal(): AbortSignal {
    return this.abort.signal
  }

  // Node loads its AbortController at the first one: help and versions are written without.
  private get abort(): AbortController {
    return (this.controller ??= new AbortController())
  }

  get configDir(): string {
    return this.globals.config || this.env.DOCKER_CONFIG || path.join(this.home, '.docker')
  }

  readonly now = (): Date => new Date()

  readonly onSignal = (names: readonly NodeJS.Signals[], listener: SignalListener): (() => void) => {
    const installed = names.map((name) => {
      const list = this.taken.get(name) ?? []
      this.taken.set(name, [...list, listener])
      const direct = (termination as readonly string[]).includes(name) ? undefined : () => void listener(name)
      if (direct) this.proc.on(name, direct)
      return { name, direct }
    })
    return () => {
      for (const { name, direct } of installed) {
        this.taken.set(
          name,
          (this.taken.get(name) ?? []).filter((other) => other !== listener),
        )
        if (direct) this.proc.off(name, direct)
      }
    }
  }

  readonly raise = (name: NodeJS.Signals): void => void this.proc.kill(this.proc.pid, name)

  readonly config = (): Promise<ConfigFile> => (this.configFile ??= this.loadConfig())

  readonly endpoint = (): Promise<Endpoint> =>
    (this.resolved ??= import('./connection/endpoint.ts').then(({ resolveEndpoint }) => resolveEndpoint(this)))

  readonly engine = (): Promise<Engine> => (this.connected ??= this.connect())

  /**
   * Resolves when all output is written, or soon when a signal has ended the program: it drops output that is not read. Rejects
   * when something cannot be written, or the signal comes meanwhile.
   */
  async drain(): Promise<void> {
    const pending = [this.out.rest(), this.err.rest()].filter((one) => one !== undefined)
    if (pending.length === 0) return
    const { signal } = this
    // Where one cannot be written, the other may still be.
    const settled = Promise.allSettled(pending)
    if (signal.aborted) return void (await Promise.race([settled, lastWords()]))
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
    await Promise.race([settled, ended])
    await Promise.all(pending)
  }

  /** Frees what would outlive the process; its own sockets end with it. */
  async close(): Promise<void> {
    const engine = await this.connected?.catch(() => undefined)
    if (engine === undefined || (await this.endpoint()).url.protocol === 'unix') return
    engine.close()
  }

  /** Breaks all connections. */
  disconnect(): void {
    void this.connected?.then((engine) => engine.close()).catch(() => undefined)
  }

  private async loadConfig(): Promise<ConfigFile> {
    const config = await loadConfig(this.configDir)
    if (config.problem !== undefined) this.err.line(`WARNING: Error ${config.problem}`)
    return config
  }

  private async connect(): Promise<Engine> {
    const { connect } = await import('./connection/connect.ts')
    return connect(this)
  }

  private terminate(name: NodeJS.Signals): void {
    this.terminations += 1
    const listener = this.taken.get(name)?.at(-1)
    if (listener !== undefined) {
      if (listener(name) === true) return
    } else {
      this.endedBy ??= name
      this.abort.abort()
    }
    // Whoever took the signals may wait for what never comes; Node restores the terminal as the program exits.
    if (this.terminations < 3) return
    void this.forceExit()
  }

  private async forceExit(): Promise<void> {
    try {
      this.err.write(`\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n`)
      await Promise.race([this.err.rest(), lastWords()])
    } finally {
      this.proc.exit(1)
    }
  }
}

/** Resolves when the last output has waited long enough for its reader. */
function lastWords(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100))
}

function getwd(proc: NodeJS.Process): string {
  const { PWD = '' } = proc.env
  if (proc.platform !== 'win32' && PWD.startsWith('/') && isWorkingFolder(PWD)) return PWD
  try {
    return proc.cwd()
  } catch (error) {
    throw new Error(`getwd: ${osReason(error)}`, { cause: error })
  }
}

function isWorkingFolder(folder: string): boolean {
  try {
    const [one, other] = [fs.statSync('.'), fs.statSync(folder)]
    return one.ino === other.ino && one.dev === other.dev
  } catch {
    return false
  }
}
