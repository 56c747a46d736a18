import type { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import type { Dispatcher, Pool as PoolType } from 'undici'
import { StreamBody } from './body.ts'
import { http1Transport } from './http1.ts'
import { MAX_HEAD } from './http1-parser.ts'
import {
  TransportError,
  type Connector,
  type RequestBody,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport.ts'

export interface UndiciOptions {
  /** The Host header, `name:port`. */
  host: string
  /** Opens every connection, TLS and tunnels included. */
  connect: Connector
  /** Opens those to be hijacked, where that is another way. */
  hijack?: Connector
  /** For a plain HTTP proxy: what goes before each path, and the proxy's own headers. */
  absolute?: { base: string; headers: Record<string, string> }
}

/** A Transport over the network: undici's pool for requests, our own client for hijacking. Loads undici at the first. */
export function undiciTransport({ host, connect, hijack, absolute }: UndiciOptions): Transport {
  const hijacker = http1Transport({ connect: hijack ?? connect, host })
  const connections = { opened: 0 }
  let pool: Promise<PoolType> | undefined
  let closed = false

  const send = async (request: TransportRequest): Promise<TransportResponse> => {
    if (closed) throw new TransportError('transport/closed', 'the connection was closed')
    pool ??= makePool(host, connect, connections)
    const dispatcher = await pool
    const headers = { Host: host, ...absolute?.headers, ...request.headers }
    return dispatch(dispatcher, { ...request, path: `${absolute?.base ?? ''}${request.path}`, headers })
  }

  return {
    async request(request) {
      const { opened } = connections
      try {
        return await send(request)
      } catch (error) {
        if (opened !== connections.opened || opened === 0 || !mayRepeat(request, error)) throw error
        return send(request)
      }
    },
    hijack: (request) => hijacker.hijack(request),
    close() {
      closed = true
      hijacker.close()
      pool?.then((opened) => opened.destroy()).catch(() => undefined)
    },
  }
}

async function makePool(host: string, connect: Connector, connections: { opened: number }): Promise<PoolType> {
  // Node 20's V8 compiles undici's WebAssembly parser a second time in the background, and the process's end waits for
  // it. Newer ones do better alone.
  if (!('withResolvers' in Promise)) setFlagsFromString('--wasm-tiering-budget=1000000000')
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js')
  return new Pool(`http://${host}`, {
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    pipelining: 1,
    maxHeaderSize: MAX_HEAD,
    connect: (_options, report) => {
      connections.opened++
      connect().then(
        (socket) => report(null, socket as Socket),
        (error: unknown) => report(new TransportError('transport/dial', (error as Error).message, error), null),
      )
    },
  })
}

function dispatch(dispatcher: Dispatcher, request: TransportRequest): Promise<TransportResponse> {
  const { signal, method, path, headers, body } = request
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined
    let response: StreamBody | undefined
    let over = false
    const cancel = (reason: Error) => {
      over = true
      controller?.abort(reason)
    }
    const fail = (error: unknown) => {
      over = true
      signal?.removeEventListener('abort', onAbort)
      if (response === undefined) reject(error as Error)
      else response.fail(bodyError(error), signal?.aborted === true)
    }
    const onAbort = () => {
      fail(signal?.reason)
      controller?.abort(signal?.reason as Error)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        if (signal?.aborted === true) started.abort(signal.reason as Error)
      },
      onResponseStart(_controller, status, received) {
        if (status < 200) return
        response = new StreamBody({
          resume: () => controller?.resume(),
          cancel: () => {
            if (!over) cancel(new TransportError('transport/closed', 'the connection was closed'))
          },
        })
        resolve({ status, headers: plainHeaders(received), body: response })
      },
      onResponseData(_controller, chunk) {
        if (response?.feed(chunk) === false) controller?.pause()
      },
      onResponseEnd() {
        over = true
        signal?.removeEventListener('abort', onAbort)
        response?.finish()
      },
      onResponseError(_controller, error) {
        if (!over) fail(signal?.aborted === true ? signal.reason : transportError(error))
      },
    }
    const payload = body === undefined ? {} : { body: ownChunks(body) as Buffer }
    const options = { path, method: method as Dispatcher.HttpMethod, headers: headers ?? {}, ...payload }
    dispatcher.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler)
  })
}

// undici may still hold a chunk when it asks for the next one, and our bodies may reuse their memory by then.
function ownChunks(body: RequestBody): RequestBody {
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  return (async function* () {
    for await (const chunk of body) yield Buffer.from(chunk)
  })()
}

function plainHeaders(received: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

function transportError(error: Error): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code.startsWith('transport/')) return error
  if (code === 'UND_ERR_SOCKET') return new TransportError('transport/eof', 'EOF', error)
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new TransportError('transport/unexpected-eof', 'unexpected EOF', error)
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
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

function mayRepeat({ method, body, signal }: TransportRequest, error: unknown): boolean {
  if (signal?.aborted === true || body !== undefined) return false
  const { code } = error as Partial<TransportError>
  return (method === 'GET' || method === 'HEAD') && (code === 'transport/eof' || code === 'transport/broken')
}
