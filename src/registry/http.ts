import { readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { homeFolder } from '../config/home.ts'
import { cliError, messageOf, reword } from '../errors/cli-error.ts'
import { quote } from '../go/quote.ts'
import { type TcpContext, tcpRoute } from '../connection/tcp-route.ts'
import { systemRoots } from '../tls/system-roots.ts'
import type { TlsChoice } from '../tls/tls.ts'
import { tlsFailure } from '../engine/tls-failure.ts'
import type { RequestTransport, ResponseBody } from '../engine/transport.ts'
import { undiciClient } from '../engine/undici.ts'

export interface HttpRequest {
  method?: string
  url: URL
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal: AbortSignal
}

export interface HttpResponse<Body = Buffer> {
  status: number
  headers: Record<string, string>
  body: Body
  /** Where the answer came from, after redirections. */
  url: URL
}

/** No answer of a registry that we ask for is larger: manifests and configurations. */
const limit = 32 * 2 ** 20
const timeoutMs = 60_000
const PLAIN_HTTP = 'registry/plain-http-server'

/** A client for whole answers over HTTP and HTTPS; proxies as the environment says. */
export class HttpClient {
  readonly #context: TcpContext
  readonly #insecure: boolean
  readonly #userAgent: string
  readonly #transports = new Map<string, RequestTransport>()

  /** `insecure` leaves certificates unchecked. */
  constructor(options: TcpContext & { userAgent: string; insecure?: boolean }) {
    this.#context = { env: options.env, now: options.now }
    this.#insecure = options.insecure ?? false
    this.#userAgent = options.userAgent
  }

  /** Sends a request and gives the whole answer, whatever its status; GET and HEAD follow redirections. Throws what went wrong below HTTP. */
  send(request: HttpRequest): Promise<HttpResponse> {
    return this.#follow(request, async (hop) => {
      const timed = AbortSignal.any([hop.signal, AbortSignal.timeout(timeoutMs)])
      return this.#reworded(hop, timed, async () => {
        const response = await this.#once(hop, timed)
        return { ...response, body: await readAll(response.body) }
      })
    })
  }

  /** As `send`, but gives the answer as soon as it begins, its body to be read in whatever time that takes. */
  open(request: HttpRequest): Promise<HttpResponse<ResponseBody>> {
    return this.#follow(
      request,
      (hop) => this.#reworded(hop, hop.signal, () => this.#once(hop, hop.signal)),
      ({ body }) => body.cancel(),
    )
  }

  close(): void {
    for (const transport of this.#transports.values()) transport.close()
  }

  async #follow<Body>(
    request: HttpRequest,
    once: (hop: HttpRequest) => Promise<HttpResponse<Body>>,
    discard: (response: HttpResponse<Body>) => void = () => undefined,
  ): Promise<HttpResponse<Body>> {
    const { method = 'GET' } = request
    let { url, headers = {} } = request
    for (let hops = 0; ; hops++) {
      const response = await once({ ...request, method, url, headers })
      const { location } = response.headers
      const moved = [301, 302, 303, 307, 308].includes(response.status) && (method === 'GET' || method === 'HEAD')
      if (!moved || location === undefined) return response
      discard(response)
      if (hops === 10) throw cliError(`${goMethod(method)} "${shown(url)}": stopped after 10 redirects`)
      const next = redirected(location, url, method)
      // Credentials are for the scheme, host and port that asked for them.
      if (next.origin !== url.origin) headers = without(headers, 'Authorization')
      url = next
    }
  }

  async #once(
    { method = 'GET', url, headers, body }: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse<ResponseBody>> {
    const response = await this.#transport(url).request({
      method,
      path: `${url.pathname}${url.search}`,
      headers: { 'User-Agent': this.#userAgent, ...headers },
      ...(body === undefined ? {} : { body }),
      signal,
    })
    return { status: response.status, headers: response.headers, body: response.body, url }
  }

  async #reworded<T>(
    { method = 'GET', url, signal }: HttpRequest,
    timed: AbortSignal,
    act: () => Promise<T>,
  ): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (signal.aborted) throw signal.reason
      const message = `${goMethod(method)} "${shown(url)}": ${reason(error, url, timed.aborted)}`
      throw reword(error, message, tlsFailure(underlying(error))?.isPlainHttp === true ? { code: PLAIN_HTTP } : {})
    }
  }

  #transport(url: URL): RequestTransport {
    const known = this.#transports.get(url.origin)
    if (known !== undefined) return known
    const address = url.port === '' ? `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}` : url.host
    const tls = url.protocol === 'https:' ? tlsChoice(url.host, this.#insecure, this.#context.env) : undefined
    const transport = undiciClient(tcpRoute(address, tls, this.#context))
    this.#transports.set(url.origin, transport)
    return transport
  }
}

/** Whether an error is a server that speaks plain HTTP where TLS was tried. */
export function isPlainHttpServer(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === PLAIN_HTTP
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) throw cliError(`the answer is larger than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Certificates for a registry, `*.crt` for its authority and `*.cert` with `*.key` for ourselves, as the daemon has them. */
function tlsChoice(host: string, insecure: boolean, env: Readonly<Record<string, string | undefined>>): TlsChoice {
  if (insecure) return { skipVerify: true, data: {} }
  const folder = join(certificatesFolder(env), host)
  const files = listed(folder)
  const authorities = files.filter((name) => name.endsWith('.crt'))
  const own = files.find((name) => name.endsWith('.cert'))
  const data: TlsChoice['data'] = {}
  if (authorities.length > 0) {
    const parts = [
      ...(systemRoots(env) ?? []),
      ...authorities.map((name) => readFileSync(join(folder, name), 'latin1')),
    ]
    data.ca = Buffer.from(parts.join('\n'), 'latin1')
  }
  if (own !== undefined) {
    const key = own.replace(/\.cert$/, '.key')
    if (!files.includes(key)) {
      throw cliError(`missing key ${key} for client certificate ${own}. CA certificates must use the extension .crt`)
    }
    data.cert = readFileSync(join(folder, own))
    data.key = readFileSync(join(folder, key))
  }
  return { skipVerify: false, data }
}

function certificatesFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (!env['ROOTLESSKIT_STATE_DIR']) return '/etc/docker/certs.d'
  const configured = env['XDG_CONFIG_HOME'] ?? ''
  return join(isAbsolute(configured) ? configured : join(homeFolder(env, 'linux'), '.config'), 'docker/certs.d')
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
}

function redirected(location: string, from: URL, method: string): URL {
  const refuse = (why: string) => cliError(`${goMethod(method)} "${shown(from)}": ${why}`)
  if (!URL.canParse(location, from.href)) throw refuse(`failed to parse Location header ${quote(location)}`)
  const url = new URL(location, from)
  if (url.protocol === 'https:' || url.protocol === 'http:') return url
  throw refuse(`redirected to ${quote(shown(url))}: unsupported protocol scheme ${quote(url.protocol.slice(0, -1))}`)
}

/** A URL for a message, without the user and password that it may carry. */
function shown(url: URL): string {
  if (url.username === '' && url.password === '') return url.href
  const bare = new URL(url)
  bare.username = bare.password = ''
  return bare.href
}

function goMethod(method: string): string {
  return method.charAt(0) + method.slice(1).toLowerCase()
}

/** The error of the socket, where there was none to send on. */
function underlying(error: unknown): NodeJS.ErrnoException & { address?: string; port?: number } {
  const { code, cause } = error as { code?: string; cause?: unknown }
  return (code === 'transport/dial' ? cause : error) as NodeJS.ErrnoException
}

/** What went wrong below HTTP, with the message of Go's net/http where they are common. */
function reason(error: unknown, url: URL, timedOut: boolean): string {
  if (timedOut) return `no answer within ${timeoutMs / 1000} seconds`
  const inner = underlying(error)
  const tls = tlsFailure(inner)
  if (tls !== undefined) return tls.why
  switch (inner.code) {
    case 'ECONNREFUSED':
      return `dial tcp ${inner.address ?? url.hostname}:${inner.port ?? url.port}: connect: connection refused`
    case 'ENOTFOUND':
      return `dial tcp: lookup ${url.hostname}: no such host`
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${url.hostname}: Temporary failure in name resolution`
    default:
      return messageOf(inner)
  }
}
