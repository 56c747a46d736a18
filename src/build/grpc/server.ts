import http2, { type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { Duplex } from 'node:stream'
import { http2Socket } from '../../runtime/http2-socket.ts'
import { decode, type Full, type Init, type Message } from '../proto/message.ts'
import { methodPath, type Method, type Methods, type Service } from '../proto/service.ts'
import { frame, unframe } from './frames.ts'
import { destroyNext, startReading } from './handover.ts'
import { SendBuffers } from './send-buffers.ts'
import { GrpcError, trailersOf } from './status.ts'

/** What a call came with. */
export interface ServedCall {
  /** Headers by name, each value by itself, in bytes. */
  readonly metadata: ReadonlyMap<string, readonly string[]>
  /** Aborts when the other side gives the call up, or the connection breaks. */
  readonly signal: AbortSignal
}

/** A call whose messages come and go as its handler likes. */
export interface ServedStream extends ServedCall {
  /** The messages that come, until the other side sends no more. Throws where it breaks off. */
  read<M extends Message>(type: M): AsyncGenerator<Full<M>, void, undefined>
  /** Sends a message; a promise stands for more than the other side takes at once, and is to be waited for. */
  send<M extends Message>(type: M, value: Init<M>): Promise<void> | undefined
}

/** What serves the methods of a service. What is thrown ends the call, GrpcError with its code, others as Unknown. */
export type Handlers<S extends Service> =
  S extends Service<infer M> ? { readonly [K in keyof M]: Handler<M[K]> } : never

type Handler<M> =
  M extends Method<'unary', infer I, infer O>
    ? (request: Full<I>, call: ServedCall) => Promise<Init<O>> | Init<O>
    : (call: ServedStream) => Promise<void>

/** A service with what serves it. */
export interface Served {
  readonly service: Service
  readonly handlers: Readonly<Record<string, unknown>>
}

/** Puts a service and its handlers together. */
export function serves<S extends Service>(service: S, handlers: Handlers<S>): Served {
  return { service, handlers }
}

/** The paths of all methods that are served. */
export function methodPaths(served: readonly Served[]): string[] {
  return served.flatMap(({ service }) => Object.values(service.methods).map((method) => methodPath(service, method)))
}

export interface GrpcServer {
  /** Resolves when the connection is over, with what broke it, if it broke. */
  readonly done: Promise<Error | undefined>
  close(): void
}

/** Serves gRPC over a connection whose other end is the client, whoever opened it. */
export function serveGrpc(socket: Duplex, served: readonly Served[]): GrpcServer {
  const session = http2.performServerHandshake(http2Socket(socket), {
    settings: { initialWindowSize: WINDOW, maxHeaderListSize: MAX_HEADERS },
    // A context's patterns come as headers, one each.
    maxHeaderListPairs: MAX_HEADERS,
  })
  session.setLocalWindowSize(2 * WINDOW)
  startReading(socket)
  const routes = routesOf(served)
  session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
    stream.on('error', () => undefined)
    const route = routes.get(headers[':path'] ?? '')
    void answer(stream, route, raw)
  })
  return { done: doneOf(session), close: () => destroyNext(session) }
}

interface Route {
  readonly method: Method
  readonly handler: (...args: unknown[]) => unknown
}

function routesOf(served: readonly Served[]): Map<string, Route> {
  const routes = new Map<string, Route>()
  for (const { service, handlers } of served) {
    for (const [name, method] of Object.entries(service.methods as Methods)) {
      routes.set(methodPath(service, method), { method, handler: handlers[name] as Route['handler'] })
    }
  }
  return routes
}

async function answer(stream: ServerHttp2Stream, route: Route | undefined, raw: readonly string[]): Promise<void> {
  const abort = new AbortController()
  stream.on('aborted', () => abort.abort(new GrpcError('Canceled', 'the call was given up')))
  stream.on('close', () => abort.abort(new GrpcError('Canceled', 'the call is over')))
  const call: ServedCall = { metadata: metadataOf(raw), signal: abort.signal }
  let failure: unknown
  try {
    if (route === undefined) throw new GrpcError('Unimplemented', 'unknown service or method')
    await (route.method.kind === 'unary' ? answerOne(stream, route, call) : answerStream(stream, route, call))
  } catch (error) {
    failure = error
  }
  finish(stream, failure)
}

async function answerOne(stream: ServerHttp2Stream, { method, handler }: Route, call: ServedCall): Promise<void> {
  for await (const bytes of unframe(received(stream))) {
    const value = (await handler(decode(method.request, bytes), call)) as Init<Message>
    begin(stream)
    stream.write(frame(method.response, value))
    return
  }
  throw new GrpcError('Internal', 'a call without a request')
}

async function answerStream(stream: ServerHttp2Stream, { handler }: Route, call: ServedCall): Promise<void> {
  const buffers = new SendBuffers()
  let drained: Promise<void> | undefined
  let isOver = false
  begin(stream)
  const served: ServedStream = {
    ...call,
    async *read(type) {
      for await (const bytes of unframe(received(stream))) yield decode(type, bytes)
      // One that broke off ends like any other.
      const isCut = stream.aborted || stream.destroyed || stream.rstCode !== http2.constants.NGHTTP2_NO_ERROR
      if (isCut) throw new GrpcError('Canceled', 'the other side gave the call up')
    },
    send(type, value) {
      // After the end, a write would take the trailers' place with an error of its own.
      if (isOver || stream.destroyed) throw new GrpcError('Canceled', 'the call is over')
      const framed = frame(type, value, buffers.allocate)
      stream.write(framed, buffers.whenSent(framed))
      if (stream.writableLength < AHEAD) return undefined
      drained ??= drain(stream).finally(() => {
        drained = undefined
      })
      return drained
    },
  }
  try {
    await handler(served)
  } finally {
    isOver = true
  }
}

function begin(stream: ServerHttp2Stream): void {
  if (stream.destroyed) return
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
}

function finish(stream: ServerHttp2Stream, failure: unknown): void {
  if (stream.destroyed) return
  const trailers = trailersOf(failure)
  if (!stream.headersSent) {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...trailers }, { endStream: true })
  } else {
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.end()
  }
  // What still comes is of no interest.
  stream.resume()
}

// Its reader may stop before the end; the stream lives on, for the answer.
function received(stream: ServerHttp2Stream): AsyncIterable<Buffer> {
  return stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
}

function drain(stream: ServerHttp2Stream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done)
      resolve()
    }
    stream.on('drain', done).on('close', done)
  })
}

// Node joins values of one name; what is joined could not be parted again.
function metadataOf(raw: readonly string[]): Map<string, string[]> {
  const metadata = new Map<string, string[]>()
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = '', value = ''] = [raw[i], raw[i + 1]]
    const values = metadata.get(name)
    if (values === undefined) metadata.set(name, [value])
    else values.push(value)
  }
  return metadata
}

function doneOf(session: ServerHttp2Session): Promise<Error | undefined> {
  return new Promise((resolve) => {
    session.on('error', resolve)
    session.on('close', () => resolve(undefined))
  })
}

// How much may come ahead of its reader, in one call.
const WINDOW = 1024 * 1024
// How much may wait to be sent, in one call.
const AHEAD = 512 * 1024
const MAX_HEADERS = 16 * 1024 * 1024
