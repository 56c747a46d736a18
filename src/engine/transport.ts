import type { Duplex } from 'node:stream'

/**
 * Where a reader wants received bytes to land: `buffer` is filled, then `callback` gets the size; false pauses
 * until `resume()`. The shape of node:net's `onread`.
 */
export interface OnRead {
  /** What received bytes are put into. */
  buffer: Uint8Array
  /** Told how many there are; false pauses. */
  callback: (bytesWritten: number, buffer: Uint8Array) => boolean
}

/**
 * Opens a byte stream to the daemon. A connector that makes a plain `net.Socket` may hand `onread` to it, which saves
 * an allocation for every read; one that ignores it delivers `data` events as any stream does.
 */
export type Connector = (signal?: AbortSignal, onread?: OnRead) => Promise<Duplex>

/** A request's body. A chunk of an iterable may be reused by its maker as soon as the next one is asked for. */
export type RequestBody = string | Uint8Array | AsyncIterable<Uint8Array>

/** An HTTP request. */
export interface TransportRequest {
  /** `GET`, `POST`: in capitals. */
  method: string
  /** Path and query, already escaped. */
  path: string
  /** A list is sent as one header for each of its elements. */
  headers?: Record<string, string | string[]>
  /** Sent with its length where that is known, else in chunks. */
  body?: RequestBody
  /** Breaks the request, and the reading of its response, once aborted. */
  signal?: AbortSignal
}

/** Takes one chunk; its memory is the sink's to read and overwrite until it returns or the promise resolves. */
export type ChunkSink = (chunk: Uint8Array) => void | Promise<void>

/** A response's body, read once, by one of the ways below. Iterating yields copies that may be kept. */
export interface ResponseBody extends AsyncIterable<Uint8Array> {
  /** The fast way: hands every chunk to `sink`, waits while its promise is pending, resolves at the end; throws as `bytes` does. */
  pump(sink: ChunkSink): Promise<void>
  /** All of it; throws TransportError for a body cut short. */
  bytes(): Promise<Uint8Array>
  /** All of it as UTF-8; throws as `bytes` does. */
  text(): Promise<string>
  /** Stops reading; what has not arrived is given up, and with it the connection. */
  cancel(): void
}

/** An HTTP response whose head has arrived. */
export interface TransportResponse {
  /** The HTTP status, whichever it is. */
  status: number
  /** By lower-case name; a header that came more than once is joined with `, `. */
  headers: Record<string, string>
  /** What follows the head; to be read to its end or cancelled, or the connection stays taken. */
  body: ResponseBody
}

/** A connection that has left HTTP. Read `socket` as any stream, or drain it faster with `pump`; not both. */
export interface HijackedStream {
  /** Tells it from a refusal. */
  upgraded: true
  /** 101. */
  status: number
  /** By lower-case name. */
  headers: Record<string, string>
  /** Bytes both ways; `socket.end()` closes our direction only. */
  socket: Duplex
  /** Hands every chunk received to `sink`, as `ResponseBody.pump` does. */
  pump(sink: ChunkSink): Promise<void>
}

/** What a request to leave HTTP came to: the stream, or the response of a server that did not agree. */
export type Hijack = HijackedStream | { upgraded: false; response: TransportResponse }

/** One HTTP/1.1 conversation with one server: what `undici.ts` makes, and `http1.ts` with more. */
export interface RequestTransport {
  /** Sends a request and gives the response once its head is there; throws TransportError, or the reason of the signal. */
  request(request: TransportRequest): Promise<TransportResponse>
  /** Closes idle connections and breaks busy ones. */
  close(): void
}

/** A conversation that can leave HTTP, as one with a daemon does. */
export interface Transport extends RequestTransport {
  /** Sends a request that asks to leave HTTP, on a connection of its own; throws as `request` does. */
  hijack(request: TransportRequest): Promise<Hijack>
}

/** Why a request got no (whole) response; the engine turns the first kinds into a ConnectionError. */
export type TransportErrorCode =
  | 'transport/dial' // the connector failed; the cause says how
  | 'transport/eof' // the peer closed before a response began
  | 'transport/unexpected-eof' // the peer closed within a response
  | 'transport/broken' // reading or writing failed
  | 'transport/malformed' // what came is not HTTP/1.x
  | 'transport/closed' // the transport was closed by us
  | 'transport/body' // the maker of the request's body failed

/** A failure below HTTP; `code` says which. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  /** Why there is no (whole) response. */
  readonly code: TransportErrorCode
  constructor(code: TransportErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}
