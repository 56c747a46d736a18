import type { Connector } from '../engine/transport.ts'
import { lookPath } from '../go/look-path.ts'
import { isExecutable } from '../streams/executable.ts'
import { dialCommands, sshCommand, type SshCommand } from './command.ts'
import { forwardSocket, type Forward } from './forward.ts'
import { shareConnection } from './multiplex.ts'
import { startSsh, type Exit, type OpenSocket, type SshProcess, type SshProgram } from './process.ts'
import { SshStream, type SshStreamEvents } from './stream.ts'
import { parseSshUrl, type SshTarget } from './url.ts'

/** The host that requests over ssh name (docker/cli cli/connhelper/connhelper.go). */
export const SSH_DUMMY_HOST = 'docker.example.com'

/**
 * Connects through the user's own ssh to `docker system dial-stdio` on the remote host; where there is no docker, to podman's,
 * and without either to the socket itself. Throws for an address that cannot be used.
 */
export function connectSsh(address: string, options: DialOptions): Connector {
  const dialer = new SshDialer(address, options)
  return (signal) => dialer.connect(signal)
}

/** Where the user's ssh is found, and how a socket is opened that it forwards. */
interface DialOptions extends Omit<SshProgram, 'file'> {
  readonly openSocket: OpenSocket
}

/** Connections to one remote host: finds out which dial command works there, and shares one ssh connection among them. */
class SshDialer {
  readonly #address: string
  readonly #options: DialOptions
  readonly #target: SshTarget
  readonly #command: SshCommand
  readonly #dials: readonly string[]
  #program: SshProgram | undefined
  #shared: ReturnType<typeof shareConnection> | undefined
  #forward: Promise<Forward | undefined> | undefined
  /** Index of the dial command that is tried first, and whether it is confirmed to work. */
  #strategy = 0
  #confirmed = false
  /** The error after every strategy failed; trying again would mean passwords and timeouts again. */
  #lastError: Error | undefined

  constructor(address: string, options: DialOptions) {
    this.#address = address
    this.#options = options
    this.#target = parseSshUrl(address)
    this.#command = sshCommand(this.#target)
    this.#dials = dialCommands(this.#target.path)
  }

  async connect(signal?: AbortSignal): Promise<SshStream> {
    if (this.#lastError !== undefined) throw this.#lastError
    const first = this.#strategy
    const process = await this.#start(first, signal)
    if (process === undefined) throw new Error(`${this.#address}: the socket cannot be forwarded`)
    return new SshStream(process, this.#events(first, signal))
  }

  /** Runs the dial command of an index, or where there is none forwards the socket; undefined where that cannot be. */
  async #start(index: number, signal?: AbortSignal): Promise<SshProcess | undefined> {
    const { env, platform, openSocket } = this.#options
    const program = (this.#program ??= { file: findSsh(env, platform), env, platform })
    const command = this.#command
    const dial = this.#dials[index]
    if (dial === undefined) {
      const socket = /^\/*$/.test(this.#target.path) ? '/var/run/docker.sock' : this.#target.path
      const reset = (): void => void (this.#forward = undefined)
      this.#forward ??= retryable(forwardSocket(program, command, socket, openSocket, signal), reset)
      return (await untilAborted(this.#forward, signal))?.()
    }
    this.#shared ??= retryable(shareConnection(program, command, signal), () => void (this.#shared = undefined))
    const common = await untilAborted(this.#shared, signal)
    if (common !== undefined && 'failed' in common) {
      throw (this.#lastError = this.#exitError(dial, common.exit, common.failed.stderr()))
    }
    const options = [...command.options, ...(common?.options ?? [])]
    const args = [...options, '--', command.host, dial]
    return startSsh(program, args, common === undefined ? {} : { control: common.control })
  }

  /** What a connection's stream tells, which began with the dial command of index `current`. */
  #events(current: number, signal?: AbortSignal): SshStreamEvents {
    let first: Exit | undefined
    let said = ''
    return {
      works: () => {
        this.#confirmed = true
        this.#strategy = current
      },
      failed: async (process, exit, whole) => {
        first ??= exit
        said += process.stderr()
        if (!this.#confirmed && whole && current < this.#dials.length && isMissing(process, exit)) {
          current += 1
          try {
            const next = await this.#start(current, signal)
            if (next !== undefined) return next
          } catch (error) {
            said += (error as Error).message
          }
        }
        const error = this.#exitError(this.#dial(), first, said)
        if (!this.#confirmed) this.#lastError = error
        return error
      },
      error: (process, exit) => this.#exitError(this.#dial(), exit, process.stderr()),
    }
  }

  #dial(): string {
    return this.#dials[this.#strategy] ?? this.#dials[0] ?? ''
  }

  #exitError(dial: string, exit: Exit, said: string): Error {
    const { options, host } = this.#command
    const shown = ['ssh', ...options, '--', host, dial].join(' ')
    return new Error(`command [${shown}] has exited with ${exit.words}, ${ADVICE}: stderr=${said}`)
  }
}

/** An attempt that calls `reset` if it fails, so that the next request makes one of its own. */
function retryable<T>(attempt: Promise<T>, reset: () => void): Promise<T> {
  attempt.catch(reset)
  return attempt
}

/** What `opening` gives, or the signal's reason as soon as it is aborted; the first caller's signal also ends ssh. */
function untilAborted<T>(opening: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return opening
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    void opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Whether the remote host's shell has no such command: 127 in POSIX shells, words in csh and on Windows. */
function isMissing(process: SshProcess, { code }: Exit): boolean {
  return code === 127 || (code === 1 && /command not found|is not recognized/i.test(process.stderr()))
}

function findSsh(env: SshProgram['env'], platform: NodeJS.Platform): string {
  return lookPath('ssh', env, isExecutable, platform === 'win32' ? ['.exe'] : [''])
}

const ADVICE = 'make sure the URL is valid, and Docker 18.09 or later is installed on the remote host'
