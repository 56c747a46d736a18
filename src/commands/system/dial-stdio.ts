import type { Duplex } from 'node:stream'
import { getSystemErrorMap } from 'node:util'
import { command, noArgs } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { osReason } from '../../errors/os-error.ts'
import { connectorFor } from '../../connection/connector.ts'
import type { Context } from '../../context.ts'
import type { Input, Output } from '../../streams/stdio.ts'

const BUFFER = 256 * 1024

export default command({
  path: ['system dial-stdio'],
  summary: 'Proxy standard input and output to the daemon, for remote clients over ssh',
  args: noArgs,
  hidden: true,
  async run(context) {
    const { in: input, out, signal } = context
    const reader = new DaemonReader(out)
    const socket = await open(context, signal, reader)
    const onAbort = () => socket.destroy()
    signal.addEventListener('abort', onAbort, { once: true })
    // The daemon's end is the end, whether or not our input is still open; our input's end is only half of it.
    void feed(input, socket)
    try {
      await reader.read(socket)
    } finally {
      signal.removeEventListener('abort', onAbort)
      input.release()
      socket.destroy()
    }
    signal.throwIfAborted()
  },
})

async function open(context: Context, signal: AbortSignal, { onread }: DaemonReader) {
  try {
    const { connect, hijack = connect } = await connectorFor(await context.endpoint(), context)
    return await hijack(signal, onread)
  } catch (error) {
    signal.throwIfAborted()
    const { host } = await context.endpoint()
    const { syscall, errno } = error as NodeJS.ErrnoException
    const reason = getSystemErrorMap().get(errno ?? 0)?.[1]
    const why =
      syscall === 'connect' && reason !== undefined
        ? `dial ${host.replace('://', ' ')}: connect: ${reason}`
        : osReason(error)
    throw cliError(`failed to open the raw stream connection: ${why}`)
  }
}

// A daemon that closes before it has read everything has said why, which the other direction brings.
async function feed(input: Input, socket: Duplex): Promise<void> {
  const write = (chunk: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => socket.write(chunk, (error) => (error ? reject(error) : resolve())))
  await input.pump(write).catch(() => undefined)
  socket.end()
}

/** Moves what the daemon sends to `out`, with backpressure from its reader. */
class DaemonReader {
  /** For connections that can read into memory of ours. */
  readonly onread = {
    buffer: Buffer.allocUnsafeSlow(BUFFER),
    callback: (size: number, buffer: Uint8Array): boolean => this.#take(buffer.subarray(0, size)),
  }
  readonly #out: Output
  #pending: Promise<void> | undefined
  #resume: () => void = () => undefined
  #fail: (error: unknown) => void = () => undefined

  constructor(out: Output) {
    this.#out = out
  }

  /** Resolves when the daemon has closed its side and all of it is written. */
  async read(socket: Duplex): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#resume = () => void socket.resume()
      this.#fail = reject
      socket.on('data', (chunk: Uint8Array) => {
        if (!this.#take(chunk)) socket.pause()
      })
      socket.on('error', (error) => reject(cliError(`error while Copy (stream to stdout): ${osReason(error)}`)))
      for (const event of ['end', 'close']) socket.once(event, () => resolve())
      socket.resume()
    })
    await this.#pending
  }

  #take(chunk: Uint8Array): boolean {
    let sent
    try {
      sent = this.#out.send(chunk)
    } catch (error) {
      this.#fail(error)
      return false
    }
    if (sent === undefined) return true
    this.#pending = sent
    sent.then(() => {
      this.#pending = undefined
      this.#resume()
    }, this.#fail)
    return false
  }
}
