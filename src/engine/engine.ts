import { Checkpoints } from './checkpoints.ts'
import { Containers } from './containers.ts'
import type { EngineAddress } from './errors.ts'
import { Exec } from './exec.ts'
import { Images } from './images.ts'
import { Networks } from './networks.ts'
import { Nodes } from './nodes.ts'
import { Services } from './services.ts'
import { Swarm } from './swarm.ts'
import { Plugins } from './plugins.ts'
import { Volumes } from './volumes.ts'
import { setHeader, type RequestHeaders } from './headers.ts'
import { toJson } from '../go/json-data.ts'
import { apiPath, encodeQuery } from './path.ts'
import { type PingInfo, pingInfo } from './ping.ts'
import { readReply, readReplyText, type ReplyReader, type Wire } from './reply.ts'
import type { EngineRequest, Requester } from './requester.ts'
import { Configs, Secrets } from './secrets-configs.ts'
import { System } from './system.ts'
import type { HijackedStream, Transport, TransportRequest, TransportResponse } from './transport.ts'
import { isOlder, MAX_API_VERSION, negotiate, type ApiVersion } from './version.ts'

/** What an Engine is made of. */
export interface EngineOptions {
  /** What carries its requests: `http1Transport` over a socket, for one. */
  transport: Transport
  /** The API version to use, even if the daemon supports a newer one; an older daemon still gets its own. */
  version?: string
  /** Sent with every request; the engine's own headers win over them. */
  headers?: Record<string, string>
  /** The header User-Agent; none is sent where it is empty. */
  userAgent?: string
  /** What the messages call the daemon, and where that came from. */
  address?: EngineAddress
}

/** A Docker Engine: its API by resource, and below them the requests themselves. */
export class Engine implements Requester {
  readonly #transport: Transport
  readonly #headers: Record<string, string>
  readonly #address: EngineAddress
  readonly #pinned: string | undefined
  #ping: Promise<PingInfo> | undefined
  #negotiated: string | undefined
  /** Why no version could be agreed on; told beside the daemon's refusal. */
  #outOfRange: string | undefined
  #isPodman = false
  #checkpoints: Checkpoints | undefined
  #containers: Containers | undefined
  #exec: Exec | undefined
  #images: Images | undefined
  #networks: Networks | undefined
  #nodes: Nodes | undefined
  #services: Services | undefined
  #plugins: Plugins | undefined
  #system: System | undefined
  #volumes: Volumes | undefined

  constructor(options: EngineOptions) {
    this.#transport = options.transport
    this.#pinned = options.version
    this.#address = options.address ?? { host: '' }
    this.#headers = { ...options.headers }
    if (options.userAgent !== undefined) setHeader(this.#headers, 'User-Agent', options.userAgent)
  }

  /** Saved states of containers: /containers/ID/checkpoints. */
  get checkpoints(): Checkpoints {
    return (this.#checkpoints ??= new Checkpoints(this))
  }

  /** /containers, and /commit. */
  get containers(): Containers {
    return (this.#containers ??= new Containers(this))
  }

  /** Processes in running containers: /exec. */
  get exec(): Exec {
    return (this.#exec ??= new Exec(this))
  }

  /** /images, /build and /distribution. */
  get images(): Images {
    return (this.#images ??= new Images(this))
  }

  /** /networks. */
  get networks(): Networks {
    return (this.#networks ??= new Networks(this))
  }

  /** Nodes of the swarm: /nodes. */
  get nodes(): Nodes {
    return (this.#nodes ??= new Nodes(this))
  }

  /** Services of the swarm and their tasks: /services, /tasks. */
  get services(): Services {
    return (this.#services ??= new Services(this))
  }

  /** /plugins. */
  get plugins(): Plugins {
    return (this.#plugins ??= new Plugins(this))
  }

  /** /volumes. */
  get volumes(): Volumes {
    return (this.#volumes ??= new Volumes(this))
  }

  /** Secrets of the swarm: /secrets. */
  get secrets(): Secrets {
    return new Secrets(this)
  }

  /** Configs of the swarm: /configs. */
  get configs(): Configs {
    return new Configs(this)
  }

  /** The swarm itself: /swarm. */
  get swarm(): Swarm {
    return new Swarm(this)
  }

  /** The daemon itself: /version, /info, /events, /system/df, /auth. */
  get system(): System {
    return (this.#system ??= new System(this))
  }

  /** What HEAD or GET /_ping says about the daemon. Asked once; a failure throws as `send` does and is not remembered. */
  ping(signal?: AbortSignal): Promise<PingInfo> {
    this.#ping ??= this.#askPing(signal).catch((error: unknown) => {
      this.#ping = undefined
      throw error
    })
    return this.#ping
  }

  /**
   * The version that requests carry: the lower of the daemon's and the pinned one, or ours. Throws when nothing is pinned
   * and the daemon does not answer or is older than this client goes (docker/cli cli/command/cli.go negotiates even a
   * pinned version down).
   */
  async apiVersion(signal?: AbortSignal): Promise<ApiVersion> {
    if (this.#negotiated !== undefined) return this.#negotiated
    try {
      this.#negotiated = negotiate((await this.ping(signal)).apiVersion, this.#pinned)
      return this.#negotiated
    } catch (error) {
      if (this.#pinned === undefined || isUnreachable(error)) throw error
      signal?.throwIfAborted()
      return this.#pinned
    }
  }

  /** The version known so far, without asking the daemon: ours until negotiated. */
  get currentVersion(): ApiVersion {
    return this.#negotiated ?? this.#pinned ?? MAX_API_VERSION
  }

  /** Throws unless the negotiated version is `required` or newer; `feature` is the flag or option that needs it. */
  async requires(required: ApiVersion, feature: string, signal?: AbortSignal): Promise<void> {
    const version = await this.apiVersion(signal)
    if (isOlder(version, required)) {
      throw new Error(`"${feature}" requires API version ${required}, but the Docker daemon API version is ${version}`)
    }
  }

  /** Sends a request and gives the response; throws EngineError for a status of 400 or more, ConnectionError for none. */
  async send(request: EngineRequest): Promise<TransportResponse> {
    const sent = await this.#prepare(request)
    return this.#accepted(await this.#request(sent), sent)
  }

  /** Sends a request and gives its JSON answer; throws ReplyError for one that does not fit the type. */
  async json<T>(request: EngineRequest, wire: Wire): Promise<T> {
    return this.#reply(request, wire, readReply<T>)
  }

  /** As `json`, but gives the answer's text as it came, as `inspect` prints it. */
  async text(request: EngineRequest, wire: Wire): Promise<string> {
    return this.#reply(request, wire, readReplyText)
  }

  /** Sends a request whose answer's body does not matter, and lets it go by so that the connection can be used again. */
  async run(request: EngineRequest): Promise<void> {
    const response = await this.send(request)
    await response.body.pump(() => undefined)
  }

  /** Sends a POST that turns the connection into a byte stream; throws EngineError when the daemon refuses. */
  async hijack(request: EngineRequest): Promise<HijackedStream> {
    const headers = { Connection: 'Upgrade', Upgrade: 'tcp', ...request.headers }
    const sent = await this.#prepare({ method: 'POST', ...request, headers })
    let hijack
    try {
      hijack = await this.#transport.hijack(sent)
    } catch (error) {
      throw (await import('./request-errors.ts')).connectionError(error, sent, this.#address)
    }
    if (hijack.upgraded) return hijack
    throw await (
      await import('./request-errors.ts')
    ).upgradeError(hijack.response, String(sent.headers['Upgrade'] ?? 'tcp'))
  }

  /** Breaks requests and streams that are still open, and closes idle connections. */
  close(): void {
    this.#transport.close()
  }

  async #reply<T>(request: EngineRequest, wire: Wire, read: ReplyReader<T>): Promise<T> {
    // The type loads while the daemon thinks.
    const type = wire()
    type.catch(() => undefined)
    const { body } = await this.send(request)
    return read(body, `${request.method ?? 'GET'} ${request.path}`, type)
  }

  async #prepare(request: EngineRequest): Promise<TransportRequest & { headers: RequestHeaders }> {
    const version = request.unversioned === true ? '' : `/v${await this.#versionForPath(request.signal)}`
    const query = request.query === undefined ? '' : encodeQuery(request.query)
    const headers: RequestHeaders = { ...this.#headers }
    for (const [name, value] of Object.entries(request.headers ?? {})) setHeader(headers, name, value)
    const body = request.json === undefined ? request.body : toJson(request.json)
    if (request.json !== undefined) setHeader(headers, 'Content-Type', 'application/json')
    return {
      method: request.method ?? 'GET',
      path: apiPath(`${this.#address.basePath ?? ''}${version}`, request.path) + (query === '' ? '' : `?${query}`),
      headers,
      ...(body === undefined ? {} : { body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    }
  }

  // A failed negotiation does not stop the request: it goes out with our newest version and the daemon's answer tells
  // the user what is wrong. A daemon that could not be reached is not tried twice.
  async #versionForPath(signal: AbortSignal | undefined): Promise<ApiVersion> {
    try {
      return await this.apiVersion(signal)
    } catch (error) {
      signal?.throwIfAborted()
      if (isUnreachable(error)) throw error
      if ((error as { code?: string }).code === 'engine/version') this.#outOfRange = (error as Error).message
      return this.currentVersion
    }
  }

  async #request(request: TransportRequest): Promise<TransportResponse> {
    let response
    try {
      response = await this.#transport.request(request)
    } catch (error) {
      throw (await import('./request-errors.ts')).connectionError(error, request, this.#address)
    }
    if (response.status < 300 || response.status >= 400) return response
    const refused = (await import('./request-errors.ts')).redirectError(response, request)
    if (refused === undefined) return response
    response.body.cancel()
    throw refused
  }

  async #accepted(response: TransportResponse, request: TransportRequest): Promise<TransportResponse> {
    if (response.status >= 200 && response.status < 400) return response
    const known = { hint: this.#outOfRange, podman: this.#isPodman }
    throw await (await import('./request-errors.ts')).refusal(response, request, this.#address, known)
  }

  // HEAD first; where that fails or is refused, GET, whose answer can carry an error (moby client `Client.ping`).
  async #askPing(signal: AbortSignal | undefined): Promise<PingInfo> {
    const request = (method: string): TransportRequest => ({
      method,
      path: apiPath(this.#address.basePath ?? '', '/_ping'),
      headers: { ...this.#headers },
      ...(signal === undefined ? {} : { signal }),
    })
    let response
    try {
      response = await this.#request(request('HEAD'))
    } catch (error) {
      signal?.throwIfAborted()
      if (isUnreachable(error)) throw error
    }
    if (response?.status !== 200) {
      response?.body.cancel()
      const get = request('GET')
      response = await this.#accepted(await this.#request(get), get)
    }
    await response.body.pump(() => undefined)
    this.#isPodman = response.headers['libpod-api-version'] !== undefined
    return pingInfo(response.headers)
  }
}

function isUnreachable(error: unknown): boolean {
  return (error as { unreachable?: boolean } | null)?.unreachable === true
}
