import type { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import type { Client, Dispatcher } from 'undici'
import { inAbsoluteForm, type AbsoluteForm } from './absolute-form.ts'
import { StreamBody } from './body.ts'
import { onAbort } from './on-abort.ts'
import { closedError, ConnectionPool, type PooledConnection } from './connection-pool.ts'
import { malformed, MAX_HEAD, parseLength, shown } from './http1-head.ts'
import {
  TransportError,
  type Connector,
  type RequestBody,
  type RequestTransport,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts'

export interface UndiciOptions {
  /** The Host header, `name:port`. */
  host: string
  /** Opens every connection, TLS and tunnels included. */
  connect: Connector
  /** For a plain HTTP proxy: what goes before each path, and the proxy's own headers. */
  absolute?: AbsoluteForm
}

/**
 * A client over the network, for servers that are not daemons: one of undici's clients for each connection, kept for the
 * next request. undici is loaded at the first request.
 */
export function undiciClient({ host, connect, absolute }: UndiciOptions): RequestTransport {
  const pool = new ConnectionPool((onFree: (connection: UndiciConnection) => void) =>
    UndiciConnection.open(connect, onFree),
  )
  return {
    async request(request) {
      request.signal?.throwIfAborted()
      const sent = inAbsoluteForm(request, absolute)
      return pool.request({ ...sent, headers: { Host: host, ...sent.headers } })
    },
    close: () => pool.close(),
  }
}

const IDLE_TIMEOUT = 30_000

class UndiciConnection implements PooledConnection {
  readonly #client: Client
  readonly #onFree: (connection: UndiciConnection) => void
  #dead = false
  /** The first error of its socket: undici reports the last one, which tells less. */
  #fault: Error | undefined

  /** Makes a connection that dials at its first request; `onFree` is called each time it is ready for another one. */
  static async open(connect: Connector, onFree: (connection: UndiciConnection) => void): Promise<UndiciConnection> {
    // Node 20's V8 compiles undici's WebAssembly parser a second time in the background, and the process's end waits for
    // it. Newer ones do better alone.
    if (!('withResolvers' in Promise)) setFlagsFromString('--wasm-tiering-budget=1000000000')
    const { default: UndiciClient } = await import('undici/lib/dispatcher/client.js')
    return new UndiciConnection(UndiciClient, connect, onFree)
  }

  private constructor(UndiciClient: typeof Client, connect: Connector, onFree: (connection: UndiciConnection) => void) {
    this.#onFree = onFree
    // The connector knows where to go; the name only has to be one.
    this.#client = new UndiciClient('http://engine', {
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: IDLE_TIMEOUT,
      allowH2: false,
      pipelining: 1,
      maxHeaderSize: MAX_HEAD,
      connect: (_options, report) => {
        connect().then(
          (socket) => {
            this.#fault = undefined
            socket.once('error', (error) => {
              this.#fault = error
            })
            report(null, socket as Socket)
          },
          (error: unknown) => report(new TransportError('transport/dial', (error as Error).message, error), null),
        )
      },
    })
  }

  get dead(): boolean {
    return this.#dead
  }

  get usable(): boolean {
    return !this.#dead
  }

  // undici lets the process end by itself while no request runs.
  ref(): void {}

  unref(): void {}

  destroy(): void {
    this.#dead = true
    this.#client.destroy(closedError()).catch(() => undefined)
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    if (this.#dead) throw closedError()
    const { signal, method, path, headers = {}, body } = request
    return new Promise((resolve, reject) => {
      let controller: Dispatcher.DispatchController | undefined
      let response: StreamBody | undefined
      let status = 0
      let interim = 0
      let over = false
      const finish = (clean: boolean): boolean => {
        if (over) return false
        over = true
        release()
        if (clean) this.#onFree(this)
        else this.destroy()
        return true
      }
      const fail = (error: unknown) => {
        if (!finish(false)) return
        if (response === undefined) reject(error as Error)
        else response.fail(bodyError(error), signal?.aborted === true)
      }
      const release = onAbort(signal, () => fail(signal?.reason))
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart(started) {
          controller = started
          if (over) started.abort(new TransportError('transport/closed', 'the request was given up'))
        },
        onResponseStart(_controller, code, received) {
          if (code >= 100 && code < 200 && ++interim <= MAX_INTERIM) return
          checkHead(code, received)
          status = code
          response = new StreamBody({ resume: () => controller?.resume(), cancel: () => void finish(false) })
          resolve({ status, headers: plainHeaders(received), body: response })
        },
        onResponseData(_controller, chunk) {
          if (response?.feed(chunk) === false) controller?.pause()
        },
        onResponseEnd() {
          if (finish(true)) response?.finish()
        },
        onResponseError: (_controller, error) => {
          // undici expects the body that a 304's Content-Length announces.
          if (status === 304) {
            if (finish(false)) response?.finish()
          } else fail(transportError(this.#fault ?? error))
        },
      }
      const payload = body === undefined ? {} : { body: ownChunks(body) as Buffer }
      const options = { path, method: method as Dispatcher.HttpMethod, headers, ...payload }
      this.#client.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler)
    })
  }
}

// undici may still hold a chunk when it asks for the next one, and our bodies may reuse their memory by then.
function ownChunks(body: RequestBody): RequestBody {
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  return (async function* () {
    for await (const chunk of body) yield Buffer.from(chunk)
  })()
}

// What undici takes and our own client does not: interim answers for ever, a status below 100, a body still encoded, a
// length that is none or one of several.
function checkHead(status: number, received: ReceivedHeaders): void {
  if (status < 200) throw malformed(`malformed HTTP status code ${status}`)
  const encoding = [received['transfer-encoding'] ?? 'chunked'].flat().join(', ')
  if (encoding.toLowerCase() !== 'chunked') throw malformed(`unsupported transfer encoding: ${shown(encoding)}`)
  for (const length of [received['content-length'] ?? []].flat()) parseLength(length.trim())
}

type ReceivedHeaders = Record<string, string | string[] | undefined>

const MAX_INTERIM = 1000

function plainHeaders(received: ReceivedHeaders): Record<string, string> {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined) headers[name.toLowerCase()] = [value].flat().map(trim).join(', ')
  }
  return headers
}

// undici leaves the white space after a value.
function trim(value: string): string {
  return value.trimEnd()
}

function transportError(error: Error): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code.startsWith('transport/')) return error
  if (code === 'UND_ERR_SOCKET') return new TransportError('transport/eof', 'EOF', error)
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new TransportError('transport/unexpected-eof', 'unexpected EOF', error)
  }
  if (error.name === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW') {
    const message = `net/http: HTTP/1.x transport connection broken: ${error.message}`
    return new TransportError('transport/malformed', message, error)
  }
  if (/^(E[A-Z]+|ERR_)/.test(code)) return new TransportError('transport/broken', error.message, error)
  return error
}

function bodyError(error: unknown): unknown {
  if ((error as Partial<TransportError>).code !== 'transport/eof') return error
  return new TransportError('transport/unexpected-eof', 'unexpected EOF', error)
}
