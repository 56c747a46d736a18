import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Connector } from '../engine/transport.ts'
import type { Bun, BunSocket, BunSocketHandlers } from '../runtime/bun.ts'

/**
 * Connects to a unix socket by Bun's own call: Node's streams and sockets, which Bun compiles anew in each run, cost a third of a short
 * command. It is for requests; what is hijacked needs a real stream. Where it fails, `otherwise` connects, or says why not.
 */
export function connectByBun(bun: Bun, path: string, otherwise: Connector): Connector {
  return async (signal, onread) => {
    signal?.throwIfAborted()
    const socket = new RequestSocket()
    try {
      socket.handle = await bun.connect({ unix: path, socket: socket.handlers })
    } catch {
      return otherwise(signal, onread)
    }
    if (signal?.aborted === true) {
      socket.destroy()
      throw signal.reason
    }
    return socket as unknown as Duplex
  }
}

/** As much of a `net.Socket` as requests use. */
class RequestSocket extends EventEmitter {
  handle: BunSocket | undefined
  destroyed = false
  /** What the system has not taken yet. */
  #waiting: Uint8Array[] = []
  /** Who is told when so many bytes are written. */
  #told: { at: number; callback: (error?: Error) => void }[] = []
  #queued = 0
  #written = 0
  #corked = false

  readonly handlers: BunSocketHandlers = {
    data: (_: BunSocket, chunk: Uint8Array) => void this.emit('data', chunk),
    drain: () => this.#flush(),
    end: () => void this.emit('end'),
    error: (_: BunSocket, error: Error) => this.#fail(error),
    close: (_: BunSocket, error?: Error) => {
      if (error !== undefined) this.#fail(error)
      this.#close()
    },
  }

  /** As a stream's; but all of it is queued whatever it answers. */
  write(data: string | Uint8Array, callback?: (error?: Error) => void): boolean {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    this.#waiting.push(bytes)
    this.#queued += bytes.length
    if (callback !== undefined) this.#told.push({ at: this.#queued, callback })
    if (!this.#corked && this.#waiting.length === 1) this.#flush()
    return this.#waiting.length === 0
  }

  cork(): void {
    this.#corked = true
  }

  uncork(): void {
    this.#corked = false
    this.#flush()
  }

  pause(): this {
    this.handle?.pause()
    return this
  }

  resume(): this {
    this.handle?.resume()
    return this
  }

  ref(): this {
    this.handle?.ref()
    return this
  }

  unref(): this {
    this.handle?.unref()
    return this
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this
    this.destroyed = true
    if (error !== undefined) queueMicrotask(() => this.emit('error', error))
    this.#drop(error ?? ended())
    this.handle?.terminate()
    return this
  }

  /** Hands on what waits, as far as the system takes it; the rest goes when `drain` comes. */
  #flush(): void {
    while (this.#waiting.length > 0 && !this.destroyed) {
      const chunk = this.#next()
      const size = this.handle?.write(chunk) ?? -1
      if (size < 0) return queueMicrotask(() => this.#fail(ended()))
      this.#written += size
      if (size < chunk.length) {
        this.#waiting[0] = chunk.subarray(size)
        break
      }
      this.#waiting.shift()
    }
    while (this.#told.length > 0 && this.#told[0]!.at <= this.#written) this.#told.shift()!.callback()
  }

  /** The first of what waits; small pieces become one, which is one call of the system. */
  #next(): Uint8Array {
    let [end, length] = [0, 0]
    while (end < this.#waiting.length && length + this.#waiting[end]!.length <= JOINED) {
      length += this.#waiting[end]!.length
      end += 1
    }
    if (end > 1) this.#waiting.splice(0, end, Buffer.concat(this.#waiting.slice(0, end), length))
    return this.#waiting[0]!
  }

  #fail(error: Error): void {
    if (this.destroyed || this.#failed) return
    this.#failed = true
    this.#drop(error)
    this.emit('error', error)
  }
  #failed = false

  #drop(error: Error): void {
    this.#waiting = []
    for (const { callback } of this.#told.splice(0)) callback(error)
  }

  #close(): void {
    this.#drop(ended())
    this.destroyed = true
    this.emit('close')
  }
}

const JOINED = 64 * 1024

/** What Node says of a write to a connection whose other side has gone. */
function ended(): Error {
  return Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' })
}
