/** How messages name the daemon. */
export interface EngineAddress {
  /** `unix:///var/run/docker.sock`, as the user would write it; empty when unknown. */
  host: string
  /** Where the address came from, in words: `the --host flag`, `DOCKER_HOST`, `context "remote"`, `the default`. */
  source?: string
  /** What `host` says, parsed: `unix`, `tcp`, `npipe`, `ssh`, ... */
  protocol?: string
  /** What comes after the protocol: a socket's path, or `host:2375`. */
  authority?: string
  /** A path that goes before every API path (`tcp://host:2375/base`). */
  basePath?: string
  /** Whether TCP is wrapped in TLS. */
  tls?: boolean
}

/** The kinds of refusal, by their HTTP status; `engine/failed` for any other. */
export type EngineErrorCode =
  | 'engine/bad-request'
  | 'engine/unauthorized'
  | 'engine/forbidden'
  | 'engine/not-found'
  | 'engine/conflict'
  | 'engine/not-implemented'
  | 'engine/unavailable'
  | 'engine/failed'

/** The daemon answered, and said no. `message` is what the reference client prints, `daemonMessage` the daemon's part. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  /** The kind of refusal. */
  readonly code: EngineErrorCode
  /** The HTTP status, 404 for one. */
  readonly status: number
  /** What the daemon said. */
  readonly daemonMessage: string
  /** What to add for a person at a terminal. */
  readonly hint: string | undefined
  constructor(status: number, message: string, daemonMessage: string = message, hint?: string) {
    super(message)
    this.status = status
    this.code = CODES[status] ?? 'engine/failed'
    this.daemonMessage = daemonMessage
    this.hint = hint
  }
}

/** Why no answer came. */
export type ConnectionErrorCode =
  | 'connection/no-socket'
  | 'connection/permission'
  | 'connection/refused'
  | 'connection/name-not-found'
  | 'connection/timeout'
  | 'connection/tls'
  | 'connection/client-certificate'
  | 'connection/closed'
  | 'connection/redirect'
  | 'connection/unsupported'
  | 'connection/failed'

/** The daemon could not be asked, or did not answer in HTTP. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  /** Why it could not. */
  readonly code: ConnectionErrorCode
  /** The daemon's address. */
  readonly host: string
  /** Where the address came from, in words. */
  readonly source: string | undefined
  /** What to try, one or two lines for a person at a terminal; not part of what the reference prints. */
  readonly hint: string | undefined
  constructor(code: ConnectionErrorCode, message: string, address: EngineAddress, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.host = address.host
    this.source = address.source
    this.hint = hintFor(code, address)
  }

  /** No connection came about, so that asking again is of no use. */
  get unreachable(): boolean {
    return UNREACHABLE.has(this.code)
  }
}

/** No daemon can be named: an endpoint, a context, certificates or configuration that are not there or make no sense. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError'
  /** The same for all of them. */
  readonly code = 'connection/endpoint'
}

/** What of a reply is not as the Docker API has it. */
export interface ReplyProblem {
  /** Where in the reply: `[0].Ports`; empty for the whole. */
  path: string
  /** What should be there, in words: `a number`. */
  expected: string
  /** What is there, in words. */
  got: string
}

/** The daemon's answer is not what the API says. `message` is what the reference client prints, which is Go's message. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
  /** The same for all of them. */
  readonly code = 'engine/reply'
  /** The request that was answered, `GET /containers/json`; empty for a message within a stream. */
  readonly endpoint: string
  /** Where in the reply: `[0].Ports`; empty for the whole. */
  readonly path: string
  /** What should be there, in words. */
  readonly expected: string
  /** What is there, in words. */
  readonly got: string
  /** Where it was and what to check, two lines for a person at a terminal. */
  readonly hint: string
  constructor(message: string, endpoint: string, { path, expected, got }: ReplyProblem, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.endpoint = endpoint
    this.path = path
    this.expected = expected
    this.got = got
    const where = endpoint === '' ? "In the daemon's answer" : `In the answer to ${endpoint}`
    this.hint = [
      `${where}, ${path === '' ? 'there' : path} is ${got} where ${expected} is expected.`,
      'Check that a Docker Engine listens there, and that nothing in between (a proxy) changes what it says.',
    ].join('\n')
  }
}

/** Whether `error` is an EngineError of whichever copy of this module, of that status when one is given. */
export function isEngineError(error: unknown, status?: number): error is EngineError {
  const candidate = error as Partial<EngineError> | null | undefined
  return candidate?.name === 'EngineError' && (status === undefined || candidate.status === status)
}

/** Whether `error` is a ConnectionError of whichever copy of this module. */
export function isConnectionError(error: unknown): error is ConnectionError {
  return (error as Partial<ConnectionError> | null | undefined)?.name === 'ConnectionError'
}

function hintFor(code: ConnectionErrorCode, address: EngineAddress): string | undefined {
  const from = address.source === undefined ? '' : ` (from ${address.source})`
  const where = address.host === '' ? [] : [`The endpoint is ${address.host}${from}.`]
  const advice = ADVICE[code]
  const lines = advice === undefined ? where : [...where, advice]
  return lines.length === 0 ? undefined : lines.join('\n')
}

const ADVICE: Partial<Record<ConnectionErrorCode, string>> = {
  'connection/no-socket': 'Start the daemon, or choose another endpoint with --host, DOCKER_HOST or a context.',
  'connection/permission': 'Run as root or as a member of the group that owns the socket (usually "docker").',
  'connection/refused': 'Nothing listens there: start the daemon, or choose another endpoint.',
  'connection/name-not-found': "Check the host's name and this machine's name resolution.",
  'connection/timeout': 'The host does not answer: check its address, the network and any firewall between.',
  'connection/client-certificate':
    'The daemon wants a client certificate that it trusts: check cert.pem and key.pem in DOCKER_CERT_PATH, or --tlscert and --tlskey.',
  'connection/tls': 'Check --tls, --tlsverify and the certificates in DOCKER_CERT_PATH.',
}

const UNREACHABLE: ReadonlySet<ConnectionErrorCode> = new Set([
  'connection/no-socket',
  'connection/permission',
  'connection/refused',
  'connection/name-not-found',
  'connection/timeout',
  'connection/unsupported',
])

const CODES: Partial<Record<number, EngineErrorCode>> = {
  400: 'engine/bad-request',
  401: 'engine/unauthorized',
  403: 'engine/forbidden',
  404: 'engine/not-found',
  409: 'engine/conflict',
  501: 'engine/not-implemented',
  503: 'engine/unavailable',
}
