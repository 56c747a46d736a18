import type { Query } from './path.ts'
import type { Wire } from './reply.ts'
import type { HijackedStream, RequestBody, TransportResponse } from './transport.ts'
import type { ApiVersion } from './version.ts'

/** What every method takes. */
export interface CallOptions {
  /** Ends the request, and the stream that it answers with, once aborted; the call then throws the signal's reason. */
  signal?: AbortSignal | undefined
}

/** A request to the Engine API. */
export interface EngineRequest {
  /** GET unless said otherwise. */
  method?: string
  /** Unescaped and without the version: `/containers/json`. */
  path: string
  /** What follows `?`; undefined values are left out. */
  query?: Query
  /** Sent as a JSON body; undefined sends none. */
  json?: unknown
  /** Sent as it is, in place of `json`. */
  body?: RequestBody
  /** Whether the path goes without the version, as BuildKit's does. */
  unversioned?: boolean
  /** Sent beside the engine's own headers, and in place of those of the same name; a list as one header for each. */
  headers?: Record<string, string | string[]>
  /** Ends the request once aborted. */
  signal?: AbortSignal | undefined
}

/** Sends requests to one daemon: all that the resources (containers, images, ...) need of an Engine. */
export interface Requester {
  /** Sends a request and gives the response; throws EngineError for a status of 400 or more, ConnectionError for none. */
  send(request: EngineRequest): Promise<TransportResponse>
  /** Sends a request and gives its JSON answer; throws as `send` does, and ReplyError for one that does not fit the type. */
  json<T>(request: EngineRequest, wire: Wire): Promise<T>
  /** As `json`, but gives the answer's text as it came, as `inspect` prints it. */
  text(request: EngineRequest, wire: Wire): Promise<string>
  /** Sends a request whose answer's body does not matter, and reads it to its end so that the connection can be used again. */
  run(request: EngineRequest): Promise<void>
  /** Sends a POST that turns the connection into a byte stream; throws EngineError when the daemon refuses. */
  hijack(request: EngineRequest): Promise<HijackedStream>
  /** The version that requests carry; throws where none can be agreed on. */
  apiVersion(signal?: AbortSignal): Promise<ApiVersion>
  /** The version known so far, without asking the daemon: the newest one until negotiated. */
  readonly currentVersion: ApiVersion
  /** Throws unless the negotiated version is `required` or newer; `feature` is the flag or option that needs it. */
  requires(required: ApiVersion, feature: string, signal?: AbortSignal): Promise<void>
}
