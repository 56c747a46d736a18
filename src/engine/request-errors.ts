// What went wrong, with the reference's message. Loaded only where something did.
import { decode } from '../go/decode.ts'
import { quote } from '../go/quote.ts'
import { errorResponse } from '../wire/system-replies.ts'
import {
  ConnectionError,
  EngineError,
  isConnectionError,
  type ConnectionErrorCode,
  type EngineAddress,
} from './errors.ts'
import { tlsFailure, type TlsFailure } from './tls-failure.ts'
import type { TransportRequest, TransportResponse } from './transport.ts'

/**
 * The error of a response with a status that is none of success, from the daemon's message (moby client
 * `checkResponseErr`). `hint` is what else a person should know; what Podman does not route, it refuses in the words that it has
 * for what it does not support.
 */
export async function refusal(
  response: TransportResponse,
  request: TransportRequest,
  address: EngineAddress,
  { hint, podman = false }: { hint?: string | undefined; podman?: boolean } = {},
): Promise<EngineError> {
  const { status } = response
  const body = request.method === 'HEAD' ? '' : await readLimited(response)
  const statusText = `${status} ${REASONS[status] ?? ''}`.trimEnd()
  const url = requestUrl(request, address)
  const check = `for API route and version ${url}, check if the server supports the requested API version`
  if (body === undefined) {
    const message = `request returned ${statusText} with a message (> ${MAX_MESSAGE} bytes) ${check}`
    return new EngineError(status, message, message, hint)
  }
  if (body === '') {
    const message = `request returned ${statusText} ${check}`
    return new EngineError(status, message, message, hint)
  }
  const daemonMessage =
    podman && status === 404 && body.trim() === 'Not Found'
      ? `Podman does not support service: ${request.path.replace(/\?.*/s, '')}`
      : messageOf(response, body)
  return new EngineError(status, `Error response from daemon: ${daemonMessage}`, daemonMessage, hint)
}

/**
 * The error of an upgrade that the daemon answered with a plain response. The reference names the status only; the
 * daemon's own message goes into the hint.
 */
export async function upgradeError(response: TransportResponse, protocol: string): Promise<EngineError> {
  const body = (await readLimited(response).catch(() => '')) ?? ''
  const daemonMessage = body === '' ? '' : messageOf(response, body)
  const message = `unable to upgrade to ${protocol}, received ${response.status}`
  return new EngineError(response.status, message, daemonMessage || message, daemonMessage || undefined)
}

/**
 * A redirect, which is never followed: daemons send none, and its body is not what was asked for. The reference takes a
 * GET's for the answer, and one without a Location (moby client `CheckRedirect`).
 */
export function redirectError(response: TransportResponse, request: TransportRequest): ConnectionError | undefined {
  if (response.status === 304) return undefined
  const location = response.headers['location'] ?? request.path
  const message = `error during connect: ${verb(request)} ${quote(location)}: unexpected redirect in response`
  return new ConnectionError('connection/redirect', message, { host: '' })
}

/** What a failed request is reported as: the reference's messages by kind of failure (moby client `doRequest`). */
export function connectionError(error: unknown, request: TransportRequest, address: EngineAddress): unknown {
  if (request.signal?.aborted === true) return request.signal.reason
  const failure = error as { code?: string; message?: string; cause?: unknown }
  if (failure.code === 'transport/dial') return dialError(failure.cause, request, address)
  if (failure.code?.startsWith('transport/') !== true) return error
  const where = `${verb(request)} ${quote(requestUrl(request, address))}`
  if (failure.code === 'transport/malformed' && address.tls !== true) {
    const advice = '* Are you trying to connect to a TLS-enabled daemon without TLS?'
    return new ConnectionError('connection/failed', `${where}: ${failure.message ?? ''}.\n${advice}`, address, error)
  }
  const tls = tlsFailure(failure.cause)
  if (tls !== undefined) return tlsError(tls, where, address, error)
  return new ConnectionError(
    'connection/closed',
    `error during connect: ${where}: ${failure.message ?? ''}`,
    address,
    error,
  )
}

function tlsError(tls: TlsFailure, where: string, address: EngineAddress, cause: unknown): ConnectionError {
  const prefix = tls.explained ? CLIENT_CERTIFICATE : 'error during connect'
  const code = tls.aboutClient ? 'connection/client-certificate' : 'connection/tls'
  return new ConnectionError(code, `${prefix}: ${where}: ${tls.why}`, address, cause)
}

/** What Node, or a connector, says beside the code. */
interface DialDetail {
  hostname?: string
  /** The name server that was asked. */
  server?: string
  address?: string
  port?: number
}

function dialError(cause: unknown, request: TransportRequest, address: EngineAddress): unknown {
  if (isConnectionError(cause)) return cause
  const { host, protocol = '', authority = '' } = address
  const failure = cause as NodeJS.ErrnoException & DialDetail
  const make = (code: ConnectionErrorCode, message: string) => new ConnectionError(code, message, address, cause)
  const refused = (code: ConnectionErrorCode) =>
    make(
      code,
      host === ''
        ? 'Cannot connect to the Docker daemon. Is the docker daemon running on this host?'
        : `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`,
    )
  switch (failure.code) {
    case 'EACCES':
    case 'EPERM':
      return make('connection/permission', `permission denied while trying to connect to the docker API at ${host}`)
    case 'ENOENT': {
      const dial = `dial ${protocol} ${authority}: connect: no such file or directory`
      const check = 'check if the path is correct and if the daemon is running'
      return make('connection/no-socket', `failed to connect to the docker API at ${host}; ${check}: ${dial}`)
    }
    case 'ENOTFOUND':
    case 'EAI_AGAIN': {
      const why = failure.code === 'ENOTFOUND' ? 'no such host' : 'Temporary failure in name resolution'
      const server = failure.server === undefined ? '' : ` on ${failure.server}`
      const lookup = `lookup ${failure.hostname ?? ''}${server}: ${why}`
      return make('connection/name-not-found', `failed to connect to the docker API at ${host}: ${lookup}`)
    }
    case 'ETIMEDOUT':
      return refused('connection/timeout')
    case 'ECONNREFUSED':
      return refused('connection/refused')
  }
  if (protocol === 'unix') return refused('connection/failed')
  const where = `${verb(request)} ${quote(requestUrl(request, address))}`
  const tls = tlsFailure(failure)
  if (tls !== undefined) return tlsError(tls, where, address, cause)
  const errno = ERRNO[failure.code ?? '']
  const target = failure.address === undefined ? '' : ` ${joinHostPort(failure.address, failure.port)}`
  const why = errno === undefined ? failure.message : `dial tcp${target}: connect: ${errno}`
  return make('connection/failed', `error during connect: ${where}: ${why}`)
}

const CLIENT_CERTIFICATE =
  'the server probably has client authentication (--tlsverify) enabled; check your TLS client certification settings'

const MAX_MESSAGE = 1024 * 1024

/** A body of at most 1 MiB, or undefined when it is longer. */
async function readLimited(response: TransportResponse): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    if (length >= MAX_MESSAGE) {
      response.body.cancel()
      return undefined
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function messageOf(response: TransportResponse, body: string): string {
  if (response.headers['content-type'] !== 'application/json') return body.trim()
  let message
  try {
    ;({ message = '' } = decode(errorResponse, body).raw as { message?: string })
  } catch (error) {
    throw new EngineError(response.status, `error reading JSON: ${(error as Error).message}`)
  }
  if (message !== '') return message.trim()
  const { status } = response
  return `API returned a ${status} (${REASONS[status] ?? ''}) but provided no error-message`
}

/** The URL as Go's http package prints it, a unix socket's path as an escaped host. */
function requestUrl(request: TransportRequest, { protocol, authority = '', tls }: EngineAddress): string {
  if (protocol === 'ssh') return `http://docker.example.com${request.path}`
  const scheme = tls === true ? 'https' : 'http'
  return `${scheme}://${protocol === 'tcp' ? authority : escapeHost(authority)}${request.path}`
}

function escapeHost(host: string): string {
  return encodeURIComponent(host).replace(/%(21|24|26|27|28|29|2A|2B|2C|3B|3D|3A|5B|5D|3C|3E|22)/g, (escaped) =>
    decodeURIComponent(escaped),
  )
}

function verb(request: TransportRequest): string {
  return request.method.slice(0, 1) + request.method.slice(1).toLowerCase()
}

function joinHostPort(host: string, port: number | undefined): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? ''}`
}

/** The operating system's messages for what Node gives as a code, as Go prints them on Linux. */
const ERRNO: Partial<Record<string, string>> = {
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ECONNRESET: 'connection reset by peer',
  EADDRNOTAVAIL: 'cannot assign requested address',
}

/** Reason phrases by Go's net/http, which differ from node:http's in places and cost no import. */
const REASONS: Partial<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  414: 'Request URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  417: 'Expectation Failed',
  418: "I'm a teapot",
  421: 'Misdirected Request',
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
  510: 'Not Extended',
  511: 'Network Authentication Required',
}
