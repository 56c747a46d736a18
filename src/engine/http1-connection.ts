import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { StreamBody } from './body.ts'
import { closedError, type PooledConnection } from './connection-pool.ts'
import { broken, Exchange } from './http1-exchange.ts'
import type { ResponseHead } from './http1-head.ts'
import { writeRequest } from './http1-request.ts'
import { onAbort } from './on-abort.ts'
import {
  TransportError,
  type ChunkSink,
  type Connector,
  type Hijack,
  type HijackedStream,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts'

/**
 * One connection to the daemon: HTTP exchanges one after the other, until it breaks or is hijacked. Bytes come in
 * through `#receive`, either from the socket's `onread` into the one buffer of the connection, or from `data` events.
 */
export class Http1Connection implements PooledConnection {
  readonly #socket: Duplex
  readonly #host: string
  readonly #onFree: (connection: Http1Connection) => void
  readonly #listeners: {
    data: (chunk: Uint8Array) => void
    end: () => void
    error: (error: NodeJS.ErrnoException) => void
    close: () => void
  }
  #exchange: Exchange | undefined
  /** Where bytes go once HTTP is over. */
  #receiver: ((chunk: Uint8Array) => boolean) | undefined
  #broken: TransportError | undefined
  #reads = 0

  /** Connects; `onFree` is called each time the connection is ready for another request. */
  static async open(
    connect: Connector,
    host: string,
    onFree: (connection: Http1Connection) => void,
    signal?: AbortSignal,
  ): Promise<Http1Connection> {
    let receive: (chunk: Uint8Array) => boolean = () => true
    const onread = {
      buffer: Buffer.allocUnsafeSlow(READ_BUFFER),
      callback: (size: number, buffer: Uint8Array) => receive(buffer.subarray(0, size)),
    }
    let socket
    try {
      socket = await connect(signal, onread)
    } catch (error) {
      signal?.throwIfAborted()
      throw new TransportError('transport/dial', (error as Error).message, error)
    }
    const connection = new Http1Connection(socket, host, onFree)
    receive = (chunk) => connection.receive(chunk)
    return connection
  }

  private constructor(socket: Duplex, host: string, onFree: (connection: Http1Connection) => void) {
    this.#socket = socket
    this.#host = host
    this.#onFree = onFree
    // Chunked bodies are moved together in place, so the memory must not be shared.
    const owned = isSocket(socket)
    this.#listeners = {
      data: (chunk) => {
        if (!this.receive(owned ? chunk : Buffer.from(chunk))) socket.pause()
      },
      end: () => {
        this.#exchange?.end()
        this.#break(new TransportError('transport/eof', 'EOF'))
      },
      error: (error) => void this.#failed(error),
      close: () => this.#break(new TransportError('transport/eof', 'EOF')),
    }
    for (const [event, listener] of Object.entries(this.#listeners)) socket.on(event, listener)
    autoDestroy(socket, false)
    socket.resume()
  }

  /** Nothing can go over this connection any more. */
  get dead(): boolean {
    return this.#broken !== undefined
  }

  get usable(): boolean {
    return this.#broken === undefined && this.#exchange === undefined && this.#receiver === undefined
  }

  /** Keeps the process running while this connection is open. */
  ref(): void {
    if (isSocket(this.#socket)) this.#socket.ref()
  }

  /** Lets the process end while this connection is open. */
  unref(): void {
    if (isSocket(this.#socket)) this.#socket.unref()
  }

  /** Sends a request; resolves with the response's head as soon as that is there. */
  async request(request: TransportRequest): Promise<TransportResponse> {
    const outcome = await this.#send(request, false)
    if (outcome.upgraded) throw new Error('an upgrade that nobody asked for')
    return outcome.response
  }

  /** Sends a request that asks for an upgrade. */
  hijack(request: TransportRequest): Promise<Hijack> {
    return this.#send(request, true)
  }

  destroy(error: unknown = closedError()): void {
    this.#exchange?.fail(error, true)
    this.#exchange = undefined
    this.#broken ??= closedError()
    // The owner of a hijacked socket gets the reason from it.
    this.#socket.destroy(this.#receiver !== undefined && error instanceof Error ? error : undefined)
  }

  /** Takes bytes whose memory may be rearranged; answers whether more may follow at once. */
  receive(chunk: Uint8Array): boolean {
    this.#reads++
    if (this.#receiver !== undefined) return this.#receiver(chunk)
    if (this.#exchange === undefined) {
      // An unsolicited response could not be distinguished from the next request's.
      if (chunk.length > 0) this.destroy()
      return true
    }
    try {
      return this.#exchange.push(chunk)
    } catch (error) {
      this.destroy(error)
      return true
    }
  }

  #send(request: TransportRequest, upgradable: boolean): Promise<Hijack> {
    request.signal?.throwIfAborted()
    if (this.#broken !== undefined) throw this.#broken
    return new Promise((resolve, reject) => {
      const { signal } = request
      const settled = onAbort(signal, () => this.destroy(signal?.reason))
      const exchange = new Exchange(request.method, upgradable, {
        resume: () => void this.#socket.resume(),
        cancel: () => this.destroy(),
        failed: (error) => {
          settled()
          reject(error as Error)
        },
        responded: (head, body) => resolve({ upgraded: false, response: { ...head, body } }),
        upgraded: (head, rest) => {
          this.#exchange = undefined
          resolve(this.#upgrade(head, rest, settled))
        },
        complete: (clean) => {
          settled()
          this.#exchange = undefined
          if (clean) this.#onFree(this)
          else this.destroy()
        },
      })
      this.#exchange = exchange
      const upload = writeRequest(this.#socket, this.#host, request, exchange.stopped)
      upload.then(
        () => exchange.uploaded(),
        (error: unknown) => exchange.uploadFailed(error),
      )
    })
  }

  // A server that wants no more of a request answers and closes. Writing fails then, maybe before the answer was read,
  // which lies there and is all that will come.
  async #failed(error: NodeJS.ErrnoException): Promise<void> {
    if (!this.#socket.destroyed && !('encrypted' in this.#socket)) {
      for (let reads = -1; reads !== this.#reads;) {
        reads = this.#reads
        await polled()
      }
    }
    this.#break(broken(error))
  }

  #break(error: TransportError): void {
    this.#broken ??= error
    const exchange = this.#exchange
    this.#exchange = undefined
    exchange?.broken(error)
    if (this.#receiver === undefined && !this.#socket.destroyed) this.#socket.destroy()
  }

  // Hands the socket out as the plain stream that it is not while `onread` bypasses it: what comes is pushed into its
  // readable side, until a pump starts.
  #upgrade(head: ResponseHead, rest: Uint8Array, settled: () => void): HijackedStream {
    const socket = this.#socket
    for (const [event, listener] of Object.entries(this.#listeners)) socket.off(event, listener)
    autoDestroy(socket, true)
    socket.on('close', settled)
    // A socket without a listener would crash the process; its reader gets the error all the same.
    socket.on('error', () => undefined)
    socket.pause()
    ;(socket as { readableFlowing: boolean | null }).readableFlowing = null
    this.#receiver = (chunk) => socket.push(Uint8Array.prototype.slice.call(chunk))
    if (rest.length > 0) socket.unshift(Uint8Array.prototype.slice.call(rest))
    const { status, headers } = head
    return { upgraded: true, status, headers, socket, pump: (sink) => this.#pump(sink) }
  }

  #pump(sink: ChunkSink): Promise<void> {
    const socket = this.#socket
    const body = new StreamBody({ resume: () => void socket.resume(), cancel: () => void socket.destroy() })
    for (let chunk = readNow(socket); chunk !== null; chunk = readNow(socket)) body.feed(chunk)
    this.#receiver = (chunk) => body.feed(chunk)
    socket.on('data', (chunk: Uint8Array) => {
      if (!body.feed(chunk)) socket.pause()
    })
    const fail = (error: NodeJS.ErrnoException) => {
      // What can still be read comes after a write that failed, unless the socket went with it.
      if (error.syscall === 'write' && !socket.destroyed) return
      body.fail(error.name === 'AbortError' ? error : broken(error))
    }
    const cut = () => body.fail(new TransportError('transport/unexpected-eof', 'unexpected EOF'))
    socket.on('end', () => body.finish())
    socket.on('error', fail)
    socket.on('close', cut)
    // Events from before the pump started are not repeated.
    if (socket.readableEnded) body.finish()
    else if (socket.errored !== null) fail(socket.errored)
    else if (socket.destroyed) cut()
    return body.pump(sink)
  }
}

const READ_BUFFER = 256 * 1024

function readNow(socket: Duplex): Uint8Array | null {
  return socket.readableLength > 0 ? (socket.read() as Uint8Array | null) : null
}

// Told by what it can do: node:net need not be loaded to know its class.
function isSocket(stream: Duplex): stream is Socket {
  return 'unref' in stream
}

// Whether a failed write destroys the socket at once, and with it what has not been read. Node has no option for it.
function autoDestroy(socket: Duplex, on: boolean): void {
  if (!isSocket(socket) || 'encrypted' in socket) return
  const { _writableState, _readableState } = socket as unknown as Record<string, { autoDestroy: boolean }>
  for (const state of [_writableState, _readableState]) if (state !== undefined) state.autoDestroy = on
}

/** Resolves when all sockets have been asked once for what they have. */
async function polled(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
}
