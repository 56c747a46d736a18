import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { StreamBody } from './body.ts'
import { ResponseParser, type ResponseHead } from './http1-parser.ts'
import { writeRequest } from './http1-request.ts'
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
export class Http1Connection {
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
    // Chunked bodies are moved together in place, which only memory that is nobody else's can take.
    const owned = socket instanceof Socket
    this.#listeners = {
      data: (chunk) => {
        if (!this.receive(owned ? chunk : Buffer.from(chunk))) socket.pause()
      },
      end: () => {
        this.#exchange?.end()
        this.#break(new TransportError('transport/eof', 'EOF'))
      },
      error: (error) => this.#break(broken(error)),
      close: () => this.#break(new TransportError('transport/eof', 'EOF')),
    }
    for (const [event, listener] of Object.entries(this.#listeners)) socket.on(event, listener)
    socket.resume()
  }

  /** Nothing can go over this connection any more. */
  get dead(): boolean {
    return this.#broken !== undefined
  }

  get usable(): boolean {
    return this.#broken === undefined && this.#exchange === undefined && this.#receiver === undefined
  }

  /** Whether the process may end while this connection is open. */
  hold(hold: boolean): void {
    if (!(this.#socket instanceof Socket)) return
    if (hold) this.#socket.ref()
    else this.#socket.unref()
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

  destroy(error: unknown = new TransportError('transport/closed', 'the connection was closed')): void {
    this.#exchange?.fail(error, true)
    this.#exchange = undefined
    this.#broken ??= new TransportError('transport/closed', 'the connection was closed')
    // Whoever holds a hijacked socket learns the reason from it.
    this.#socket.destroy(this.#receiver !== undefined && error instanceof Error ? error : undefined)
  }

  /** Takes bytes whose memory may be rearranged; answers whether more may follow at once. */
  receive(chunk: Uint8Array): boolean {
    if (this.#receiver !== undefined) return this.#receiver(chunk)
    if (this.#exchange === undefined) {
      // Nobody asked: an answer to nothing cannot be told from the next request's.
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
      const onAbort = () => this.destroy(signal?.reason)
      const settled = () => signal?.removeEventListener('abort', onAbort)
      signal?.addEventListener('abort', onAbort, { once: true })
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

  #break(error: TransportError): void {
    this.#broken ??= error
    const exchange = this.#exchange
    this.#exchange = undefined
    exchange?.broken(error)
    if (this.#receiver === undefined && !this.#socket.destroyed) this.#socket.destroy()
  }

  // Hands the socket out as the plain stream that it is not while `onread` bypasses it: what comes is pushed into its
  // readable side, until somebody chooses to pump.
  #upgrade(head: ResponseHead, rest: Uint8Array, settled: () => void): HijackedStream {
    const socket = this.#socket
    for (const [event, listener] of Object.entries(this.#listeners)) socket.off(event, listener)
    socket.on('close', settled)
    // A socket without a listener would bring the process down; whoever reads it sees the error all the same.
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
    if (socket.readableEnded || socket.destroyed) body.finish()
    socket.on('end', () => body.finish())
    socket.on('error', (error) => body.fail(error.name === 'AbortError' ? error : broken(error)))
    socket.on('close', () => body.fail(new TransportError('transport/unexpected-eof', 'unexpected EOF')))
    return body.pump(sink)
  }
}

interface ExchangeEvents {
  resume(): void
  cancel(): void
  failed(error: unknown): void
  responded(head: ResponseHead, body: StreamBody): void
  upgraded(head: ResponseHead, rest: Uint8Array): void
  /** Both directions are done; `clean` when the connection can be used again. */
  complete(clean: boolean): void
}

// One request and its response on a connection. The response may come, and even end, before the request is all sent.
class Exchange {
  /** Resolves when the rest of the request is no longer wanted. */
  readonly stopped: Promise<void>
  readonly #parser: ResponseParser
  readonly #events: ExchangeEvents
  #stop: () => void = () => undefined
  #body: StreamBody | undefined
  #keepAlive = false
  #sent = false
  #received = false
  #over = false
  #uploadError: unknown

  constructor(method: string, upgradable: boolean, events: ExchangeEvents) {
    this.#parser = new ResponseParser(method, upgradable)
    this.#events = events
    this.stopped = new Promise((resolve) => {
      this.#stop = resolve
    })
  }

  push(chunk: Uint8Array): boolean {
    const { head, payload, complete, rest } = this.#parser.push(chunk)
    if (head !== undefined && this.#begin(head, rest)) return true
    if (this.#body === undefined) return true
    const more = this.#body.feed(payload)
    if (!complete) return more
    this.#received = true
    if (rest.length > 0) this.#keepAlive = false
    this.#body.finish()
    this.#conclude()
    return true
  }

  /** The peer has closed its side. */
  end(): void {
    if (this.#over) return
    try {
      this.#parser.end()
    } catch (error) {
      this.fail(this.#uploadError ?? error)
      return
    }
    this.#keepAlive = false
    this.#received = true
    this.#body?.finish()
    this.#conclude()
  }

  broken(error: TransportError): void {
    if (error.code === 'transport/eof') this.end()
    else this.fail(error)
  }

  fail(error: unknown, now = false): void {
    if (this.#over) return
    this.#over = true
    this.#stop()
    if (this.#body === undefined) this.#events.failed(error)
    else {
      this.#body.fail(bodyError(error), now)
      this.#events.failed(error)
    }
  }

  uploaded(): void {
    this.#sent = true
    this.#conclude()
  }

  // The peer may have answered and closed without reading everything: its answer, if it is still to come, says more
  // than our broken pipe. An error of whoever makes the body ends the exchange.
  uploadFailed(error: unknown): void {
    if (this.#over) return
    if (isWriteError(error)) this.#uploadError = broken(error as NodeJS.ErrnoException)
    else {
      this.fail(error, true)
      this.#events.cancel()
    }
  }

  // True when the response took the connection out of HTTP.
  #begin(head: ResponseHead, rest: Uint8Array): boolean {
    if (this.#parser.upgraded) {
      this.#over = true
      this.#events.upgraded(head, rest)
      return true
    }
    this.#keepAlive = head.keepAlive
    this.#body = new StreamBody({
      resume: () => this.#events.resume(),
      cancel: () => {
        if (!this.#over) this.#events.cancel()
      },
    })
    if (head.status >= 400) this.#stop()
    this.#events.responded(head, this.#body)
    return false
  }

  #conclude(): void {
    if (!this.#received || this.#over) return
    this.#over = true
    this.#stop()
    this.#events.complete(this.#keepAlive && this.#sent)
  }
}

const READ_BUFFER = 256 * 1024

function readNow(socket: Duplex): Uint8Array | null {
  return socket.readableLength > 0 ? (socket.read() as Uint8Array | null) : null
}

function isWriteError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return code === 'EPIPE' || code === 'ECONNRESET' || code.startsWith('ERR_STREAM_')
}

function bodyError(error: unknown): unknown {
  const failure = error as Partial<TransportError>
  return failure.code === 'transport/eof' ? new TransportError('transport/unexpected-eof', 'unexpected EOF') : error
}

function broken(error: NodeJS.ErrnoException): TransportError {
  if ((error.code ?? '').startsWith('transport/')) return error as unknown as TransportError
  return new TransportError('transport/broken', WORDS[error.code ?? ''] ?? error.message, error)
}

const WORDS: Partial<Record<string, string>> = {
  ECONNRESET: 'read: connection reset by peer',
  EPIPE: 'write: broken pipe',
}
