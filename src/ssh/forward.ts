import { once } from 'node:events'
import { messageOf } from '../errors/cli-error.ts'
import type { SshCommand } from './command.ts'
import { sshFolder } from './folder.ts'
import { startSsh, type Exit, type SshProcess, type OpenSocket, type SshProgram } from './process.ts'
import type { Socket } from 'node:net'

/** A forwarded remote socket: each call opens one connection to it. */
export type Forward = () => Promise<SshProcess>

/**
 * Forwards a socket of the remote host to one in the private folder, by an ssh that ends with docket. Undefined where that cannot
 * be written on ssh's command line or there is no private folder; throws an error with ssh's message where it fails.
 */
export async function forwardSocket(
  program: SshProgram,
  { options, host }: SshCommand,
  remote: string,
  openSocket: OpenSocket,
  signal?: AbortSignal,
): Promise<Forward | undefined> {
  const local = sshFolder(program.env)?.fresh()
  if (local === undefined || !PLAIN.test(remote)) return undefined
  const shared = ['-o', 'ControlPath=none', '-o', 'StreamLocalBindUnlink=yes', '-L', `${local}:${remote}`]
  // `cat` gives back one byte when all is set up, and ends when its input does: when docket has gone, however.
  const holder = startSsh(program, [...options, ...shared, '--', host, 'cat'], { leftover: local })
  holder.stdin.on('error', () => undefined)
  holder.stdin.write('\n')
  signal?.addEventListener('abort', holder.kill, { once: true })
  const exit = await Promise.race([once(holder.stdout, 'data').then(() => undefined), holder.ended])
  signal?.removeEventListener('abort', holder.kill)
  signal?.throwIfAborted()
  if (exit !== undefined) throw new Error(holder.stderr())
  let users = 0
  return async () => {
    const socket = (await openSocket(local, TIMEOUT).catch(async (error: unknown) => {
      // Closed as soon as it was opened, it counts as a failure on Bun.
      await aMoment()
      throw new Error(holder.stderr() || messageOf(error), { cause: error })
    })) as Socket
    users += 1
    const ended = new Promise<Exit>((resolve) =>
      socket.once('close', () => {
        users -= 1
        if (socket.bytesRead > 0) resolve({ code: 0, words: '' })
        else void aMoment().then(() => resolve({ code: 255, words: 'exit status 255' }))
      }),
    )
    return {
      stdin: socket,
      stdout: socket,
      stderr: () => holder.stderr(),
      ended,
      kill: () => {
        socket.destroy()
        if (users <= 1) holder.kill()
      },
    }
  }
}

/** ssh tells why a connection was refused a moment after it has closed it. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, GRACE_MS))
}

// ssh splits at colons and expands % and $; a socket with such a name cannot be forwarded.
const PLAIN = /^\/[\w@.,+/-]*$/
const TIMEOUT = 10_000
const GRACE_MS = 100
