import http2, { type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2'
import type { Duplex } from 'node:stream'
import { messageOf } from '../../errors/cli-error.ts'
import { http2Socket } from '../../runtime/http2-socket.ts'
import { decode, type Full, type Init, type Message } from '../proto/message.ts'
import { methodPath, type Method, type Methods, type Service } from '../proto/service.ts'
import { frame, unframe } from './frames.ts'
import { destroyNext, startReading } from './handover.ts'
import { errorOf, GrpcError } from './status.ts'

/** A service's methods, to be called over one connection. Each throws GrpcError, or the signal's reason. */
export type GrpcClient<S extends Service> =
  S extends Service<infer M>
    ? { readonly [K in keyof M as M[K] extends Method<'stream'> ? never : K]: Call<M[K]> }
    : never

type Call<M> =
  M extends Method<'unary', infer I, infer O>
    ? (request: Init<I>, options?: GrpcCallOptions) => Promise<Full<O>>
    : M extends Method<'serverStream', infer I, infer O>
      ? (request: Init<I>, options?: GrpcCallOptions) => AsyncGenerator<Full<O>, void, undefined>
      : never

export interface GrpcCallOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined
  /** Sent as headers. */
  readonly metadata?: Readonly<Record<string, string | readonly string[]>>
}

/** The client's end of gRPC on a connection that speaks HTTP/2 already. */
export interface GrpcConnection {
  /** The methods of a service. */
  client<S extends Service>(service: S): GrpcClient<S>
  /** Ends it, calls that run included. */
  close(): void
}

/** Speaks gRPC as the client over a connection whose other end expects HTTP/2 (RFC 9113, prior knowledge). */
export function connectGrpc(socket: Duplex): GrpcConnection {
  const session = http2.connect('http://localhost', {
    createConnection: () => http2Socket(socket),
    settings: { enablePush: false, initialWindowSize: WINDOW },
  })
  startReading(socket)
  let failure: unknown
  session.on('error', (error) => {
    failure = error
  })
  session.on('goaway', () => session.close())
  const lost = (): GrpcError => connectionLost(failure)
  return {
    client: (service) => clientOf(session, service, lost),
    close: () => destroyNext(session),
  }
}

function clientOf<S extends Service>(session: ClientHttp2Session, service: S, lost: () => GrpcError): GrpcClient<S> {
  const methods = Object.entries(service.methods as Methods).map(([name, method]) => {
    const answers = (request: Init<Message>, options: GrpcCallOptions = {}): AsyncGenerator<unknown> =>
      call(session, { service, method, request, options, lost })
    return [
      name,
      method.kind === 'unary' ? async (...args: Parameters<typeof answers>) => only(answers(...args)) : answers,
    ]
  })
  return Object.fromEntries(methods) as GrpcClient<S>
}

interface CallParts {
  readonly service: Service
  readonly method: Method
  readonly request: Init<Message>
  readonly options: GrpcCallOptions
  readonly lost: () => GrpcError
}

async function* call(session: ClientHttp2Session, parts: CallParts): AsyncGenerator<unknown, void, undefined> {
  const { service, method, options, lost } = parts
  const { signal } = options
  signal?.throwIfAborted()
  if (session.closed || session.destroyed) throw lost()
  const stream = session.request({
    ':method': 'POST',
    ':path': methodPath(service, method),
    'content-type': 'application/grpc',
    te: 'trailers',
    ...options.metadata,
  })
  const cancel = (): void => giveUp(stream)
  signal?.addEventListener('abort', cancel, { once: true })
  const end = endOf(stream)
  try {
    stream.end(frame(method.request, parts.request))
    for await (const bytes of unframe(stream)) yield decode(method.response, bytes)
    const trailers = await end
    const error = trailers === undefined ? lost() : errorOf(trailers)
    if (error !== undefined) throw error
  } catch (error) {
    signal?.throwIfAborted()
    // A call may be refused before its request was taken: what was said of that counts.
    const trailers = error instanceof GrpcError ? undefined : await end
    const said = trailers === undefined ? undefined : errorOf(trailers)
    throw (
      said ?? (error instanceof GrpcError ? error : connectionLost(session.destroyed ? (lost().cause ?? error) : error))
    )
  } finally {
    signal?.removeEventListener('abort', cancel)
    if (!stream.closed) cancel()
  }
}

/** What a call ended with: its trailers, which may be all there is, or undefined where it broke off. */
function endOf(stream: ClientHttp2Stream): Promise<IncomingHttpHeaders | undefined> {
  return new Promise((resolve) => {
    stream.on('response', (headers) => {
      if (headers['grpc-status'] !== undefined) resolve(headers)
      else if (headers[':status'] !== 200)
        resolve({
          'grpc-status': '14',
          'grpc-message': `unexpected HTTP status code received from server: ${headers[':status']}`,
        })
    })
    stream.on('trailers', resolve)
    stream.on('error', () => undefined)
    stream.on('close', () => resolve(undefined))
  })
}

/** Cancels a call. A connection that is out of step sends that with what comes next, which may be never: the call ends without. */
function giveUp(stream: ClientHttp2Stream): void {
  const late = setTimeout(() => stream.destroy(), CANCEL_GRACE_MS)
  stream.once('close', () => clearTimeout(late))
  stream.close(http2.constants.NGHTTP2_CANCEL)
}

async function only<T>(answers: AsyncGenerator<T>): Promise<T> {
  let first: { value: T } | undefined
  for await (const value of answers) first ??= { value }
  if (first === undefined) throw new GrpcError('Internal', 'the daemon ended a call without an answer')
  return first.value
}

function connectionLost(cause: unknown): GrpcError {
  const why = cause === undefined ? '' : `: ${messageOf(cause).replace('NGHTTP2_', '')}`
  return new GrpcError('Unavailable', `the connection to the daemon's builder was lost${why}`, { cause })
}

// How much may come ahead of its reader.
const WINDOW = 1024 * 1024
// How long a call that is cancelled may take to end.
const CANCEL_GRACE_MS = 1000
