import type { Connector } from '../engine/transport.ts'
import { lookPath } from '../go/look-path.ts'
import { isExecutable } from '../streams/executable.ts'
import { dialCommands, sshCommand } from './command.ts'
import { forwardSocket, type Forward } from './forward.ts'
import { shareConnection } from './multiplex.ts'
import { startSsh, type Exit, type OpenSocket, type SshProcess, type SshProgram } from './process.ts'
import { SshStream } from './stream.ts'
import { parseSshUrl } from './url.ts'

/** The host that requests over ssh name (docker/cli cli/connhelper/connhelper.go). */
export const SSH_DUMMY_HOST = 'docker.example.com'

/**
 * Connects through the user's own ssh to `docker system dial-stdio` on the remote host; where there is no docker, to podman's,
 * and without either to the socket itself. Throws for an address that cannot be used.
 */
export function connectSsh(
  address: string,
  { env, platform, openSocket }: Omit<SshProgram, 'file'> & { openSocket: OpenSocket },
): Connector {
  const target = parseSshUrl(address)
  const command = sshCommand(target)
  const dials = dialCommands(target.path)
  const shown = (dial: string) => `command [${['ssh', ...command.options, '--', command.host, dial].join(' ')}]`
  const exitError = (dial: string, exit: Exit, said: string) =>
    new Error(`${shown(dial)} has exited with ${exit.words}, ${ADVICE}: stderr=${said}`)
  let program: SshProgram | undefined
  let shared: ReturnType<typeof shareConnection> | undefined
  let forward: Promise<Forward | undefined> | undefined
  /** Index of the dial command that is tried first, and whether it is confirmed to work. */
  let strategy = 0
  let confirmed = false
  /** The error after every strategy failed; trying again would mean passwords and timeouts again. */
  let lastError: Error | undefined

  const start = async (index: number, signal?: AbortSignal): Promise<SshProcess | undefined> => {
    program ??= { file: findSsh(env, platform), env, platform }
    const dial = dials[index]
    if (dial === undefined) {
      const socket = /^\/*$/.test(target.path) ? '/var/run/docker.sock' : target.path
      forward ??= retryable(forwardSocket(program, command, socket, openSocket, signal), () => (forward = undefined))
      return (await untilAborted(forward, signal))?.()
    }
    shared ??= retryable(shareConnection(program, command, signal), () => (shared = undefined))
    const common = await untilAborted(shared, signal)
    if (common !== undefined && 'failed' in common)
      throw (lastError = exitError(dial, common.exit, common.failed.stderr()))
    const options = [...command.options, ...(common?.options ?? [])]
    return startSsh(
      program,
      [...options, '--', command.host, dial],
      common === undefined ? {} : { control: common.control },
    )
  }

  return async (signal) => {
    if (lastError !== undefined) throw lastError
    let current = strategy
    let first: Exit | undefined
    let said = ''
    const failed = async (process: SshProcess, exit: Exit, whole: boolean): Promise<SshProcess | Error> => {
      first ??= exit
      said += process.stderr()
      if (!confirmed && whole && current < dials.length && isMissing(process, exit)) {
        current += 1
        try {
          const next = await start(current, signal)
          if (next !== undefined) return next
        } catch (error) {
          said += (error as Error).message
        }
      }
      const error = exitError(dials[strategy] ?? dials[0] ?? '', first, said)
      if (!confirmed) lastError = error
      return error
    }
    const process = await start(current, signal)
    if (process === undefined) throw new Error(`${address}: the socket cannot be forwarded`)
    return new SshStream(process, {
      works: () => {
        confirmed = true
        strategy = current
      },
      failed,
      error: (process, exit) => exitError(dials[strategy] ?? dials[0] ?? '', exit, process.stderr()),
    })
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
