import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2'
import { messageOf } from '../../errors/cli-error.ts'
import { decode, type Full, type Message } from '../proto/message.ts'
import { rpcStatus } from '../proto/rpc-status.ts'

/** The codes that a call can end with (google.rpc.Code), by the names that Go prints. */
export const GRPC_CODES = {
  OK: 0,
  Canceled: 1,
  Unknown: 2,
  InvalidArgument: 3,
  DeadlineExceeded: 4,
  NotFound: 5,
  AlreadyExists: 6,
  PermissionDenied: 7,
  ResourceExhausted: 8,
  FailedPrecondition: 9,
  Aborted: 10,
  OutOfRange: 11,
  Unimplemented: 12,
  Internal: 13,
  Unavailable: 14,
  DataLoss: 15,
  Unauthenticated: 16,
} as const

export type GrpcCode = keyof typeof GRPC_CODES

/** What a call failed by: `message` as the other side worded it, the code by name, and details whose values are JSON. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError'
  readonly code: GrpcCode
  readonly details: readonly GrpcDetail[]

  constructor(code: GrpcCode, message: string, options: { details?: readonly GrpcDetail[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? []
  }
}

/** One thing more that an error says: `typeUrl` names its type (`github.com/moby/buildkit/errdefs.Source+json`). */
export interface GrpcDetail {
  readonly typeUrl: string
  readonly value: Uint8Array
}

/** The error that a call's trailers tell of, undefined for none. */
export function errorOf(trailers: IncomingHttpHeaders): GrpcError | undefined {
  const status = textOf(trailers['grpc-status'])
  if (status === '') return new GrpcError('Unknown', 'the daemon ended a call without its status')
  const number = Number(status)
  if (number === 0) return undefined
  const said = textOf(trailers['grpc-status-details-bin'])
  const more = said === '' ? undefined : decodeStatus(rpcStatus, Buffer.from(said, 'base64'))
  const message = more?.message || unescape(textOf(trailers['grpc-message']))
  return new GrpcError(codeOf(number), message || `${codeOf(number)}, without a reason`, {
    details: more?.details ?? [],
  })
}

/** How a call that is served ends, for its trailers: with the error that was thrown, or well. */
export function trailersOf(error?: unknown): OutgoingHttpHeaders {
  if (error === undefined) return { 'grpc-status': '0' }
  const { code } = error as { code?: unknown }
  const number = error instanceof GrpcError ? GRPC_CODES[code as GrpcCode] : GRPC_CODES.Unknown
  return { 'grpc-status': String(number), 'grpc-message': escape(messageOf(error)) }
}

function codeOf(number: number): GrpcCode {
  return (Object.keys(GRPC_CODES) as GrpcCode[]).find((code) => GRPC_CODES[code] === number) ?? 'Unknown'
}

function decodeStatus<M extends Message>(type: M, data: Uint8Array): Full<M> | undefined {
  try {
    return decode(type, data)
  } catch {
    return undefined
  }
}

function textOf(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join() : (value ?? '')
}

// Percent-encoded UTF-8 (gRPC over HTTP2, `Percent-Encoded`).
function escape(text: string): string {
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^ -$&-~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

function unescape(text: string): string {
  const bytes = text.replace(/%([\da-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
