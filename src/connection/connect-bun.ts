import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import { onAbort } from '../engine/on-abort.ts'
import type { Connector } from '../engine/transport.ts'
import type { Bun, BunPlace, BunSocket, BunSocketHandlers } from '../runtime/bun.ts'

/**
 * Connects by Bun's own call: Node's streams and sockets, which Bun compiles anew in each run, cost a third of a short command. Where
 * that fails or takes long, `otherwise` connects, or says why not.
 */
export function connectByBun(bun: Bun, place: BunPlace, otherwise: Connector): Connector {
  return async (signal, onread) => {
    const socket = new SmallSocket()
    try {
      socket.handle = await soon(bun.connect({ ...place, socket: socket.handlers }), signal)
    } catch {
      return otherwise(signal, onread)
    }
    if ('port' in place) socket.handle.setKeepAlive(true, KEEP_ALIVE)
    return socket as unknown as Duplex
  }
}

/** What `dialing` gives, unless the signal or some time comes first; a connection that comes after that is closed. */
async function soon(dialing: Promise<BunSocket>, signal: AbortSignal | undefined): Promise<BunSocket> {
  let giveUp = (): void => undefined
  const late = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(new Error('late'))
      dialing.then(
        (socket) => socket.terminate(),
        () => undefined,
      )
    }
  })
  const timer = setTimeout(giveUp, SOON)
  const release = onAbort(signal, giveUp)
  if (signal?.aborted === true) giveUp()
  try {
    return await Promise.race([dialing, late])
  } finally {
    clearTimeout(timer)
    release()
  }
}

/**
 * As much of a `net.Socket` as requests use, hijacked connections, and runtime/http2-socket.ts. What a write fails with is told to its
 * callback and by `error`; what can still be read comes all the same, and the end of it.
 */
class SmallSocket extends EventEmitter {
  handle: BunSocket | undefined
  destroyed = false
  errored: Error | null = null
  readableEnded = false
  /** What was given back unread. */
  #unread: Uint8Array | undefined
  /** What the system has not taken yet. */
  #waiting: Uint8Array[] = []
  /** Who is told when so many bytes are written. */
  #told: { at: number; callback: (error?: Error) => void }[] = []
  #queued = 0
  #written = 0
  #corked = false
  /** Our direction: open, to be closed once all is written, or closed. */
  #writing: 'open' | 'ending' | 'ended' = 'open'

  readonly handlers: BunSocketHandlers = {
    data: (_: BunSocket, chunk: Uint8Array) => void this.emit('data', chunk),
    drain: () => this.#flush(),
    end: () => this.#end(),
    error: (_: BunSocket, error: Error) => this.#fail(error),
    close: (_: BunSocket, error?: Error) => {
      if (error !== undefined) this.#fail(error)
      // Where our direction was closed before, this is all that is told of the other's end.
      else if (!this.destroyed) this.#end()
      this.#close()
    },
  }

  get readableLength(): number {
    return this.#unread?.length ?? 0
  }

  get writableLength(): number {
    return this.#queued - this.#written
  }

  /** As a stream's; but all of it is queued whatever it answers. */
  write(data: string | Uint8Array, callback?: (error?: Error) => void): boolean {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data
    this.#waiting.push(bytes)
    this.#queued += bytes.length
    if (callback !== undefined) this.#told.push({ at: this.#queued, callback })
    if (this.destroyed || this.errored !== null) queueMicrotask(() => this.#drop(this.errored ?? ended()))
    else if (!this.#corked && this.#waiting.length === 1) this.#flush()
    return this.#waiting.length === 0
  }

  /** Closes our direction when all is written; what the other side sends still comes. */
  end(callback?: (error?: Error) => void): this {
    if (callback !== undefined) this.#told.push({ at: this.#queued, callback })
    if (this.#writing === 'open') this.#writing = 'ending'
    this.#flush()
    return this
  }

  cork(): void {
    this.#corked = true
  }

  uncork(): void {
    this.#corked = false
    this.#flush()
  }

  /** Gives what was given back. */
  read(size?: number): Uint8Array | null {
    const unread = this.#unread
    if (size === 0 || unread === undefined) return null
    this.#unread = undefined
    return unread
  }

  /** Gives back what was read too far; it comes again first. */
  unshift(chunk: Uint8Array): void {
    this.#unread = chunk
  }

  pause(): this {
    this.handle?.pause()
    return this
  }

  resume(): this {
    this.handle?.resume()
    const unread = this.read()
    // Its receiver may pause again.
    if (unread !== null) this.emit('data', unread)
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
    if (error !== undefined) {
      this.errored ??= error
      queueMicrotask(() => this.emit('error', error))
    }
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
    if (this.#writing === 'ending' && this.#waiting.length === 0 && !this.destroyed) {
      this.#writing = 'ended'
      this.handle?.shutdown()
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
    if (this.destroyed || this.errored !== null) return
    this.errored = error
    this.#drop(error)
    this.emit('error', error)
  }

  #end(): void {
    if (this.readableEnded) return
    this.readableEnded = true
    this.emit('end')
  }

  #drop(error: Error): void {
    this.#waiting = []
    for (const { callback } of this.#told.splice(0)) callback(error)
  }

  #close(): void {
    this.#drop(ended())
    this.destroyed = true
    // After the error, if one is told.
    queueMicrotask(() => this.emit('close'))
  }
}

const JOINED = 64 * 1024
const KEEP_ALIVE = 30_000
const SOON = 1000

/** What Node says of a write to a connection whose other side has gone. */
function ended(): Error {
  return Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' })
}
