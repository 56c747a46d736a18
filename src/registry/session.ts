import { cliError, wrap } from '../errors/cli-error.ts'
import type { AuthConfig } from '../config/data.ts'
import { quote } from '../go/quote.ts'
import { type Challenge, parseChallenges } from './challenge.ts'
import { responseError } from './errors.ts'
import type { HttpClient, HttpRequest, HttpResponse } from './http.ts'

export interface SessionOptions {
  readonly http: HttpClient
  /** `https://registry.example`, nothing after it. */
  readonly base: URL
  readonly auth: AuthConfig
  /** What the token is asked for, `repository:library/busybox:pull`; none for a login. */
  readonly scope?: string
  readonly clientId?: string
  /** Asks for an identity token too, to keep instead of the password. */
  readonly offline?: boolean
  readonly signal: AbortSignal
}

/** A conversation with a registry: its way to authenticate was asked for once, each request gets what it wants (distribution registry/client/auth). */
export class Session {
  /** The identity token that the registry gave, or the one it was given. */
  identityToken: string
  private readonly options: SessionOptions
  private readonly challenges: readonly Challenge[]
  /** Where the challenges came from, after redirections. */
  private readonly challenger: URL
  private token: string | undefined

  private constructor(options: SessionOptions, challenges: readonly Challenge[], challenger: URL) {
    this.options = options
    this.challenges = challenges
    this.challenger = challenger
    this.identityToken = options.auth.identitytoken ?? ''
  }

  /** Asks the registry how it wants to be talked to. Throws when it cannot be reached. */
  static async open(options: SessionOptions): Promise<Session> {
    const { http, base, signal } = options
    const response = await http.send({ url: new URL('/v2/', base), signal })
    const header = response.status === 401 ? (response.headers['www-authenticate'] ?? '') : ''
    return new Session(options, parseChallenges(header), response.url)
  }

  /** Sends a request for `path` below the registry's root, authorized. */
  async send(path: string, request: Omit<HttpRequest, 'url' | 'signal'> = {}): Promise<HttpResponse> {
    const { http, base, signal } = this.options
    const url = new URL(path, base)
    const authorization = await this.authorization(url.searchParams.get('from') ?? undefined)
    const headers = { ...request.headers, ...(authorization === undefined ? {} : { Authorization: authorization }) }
    return http.send({ ...request, url, headers, signal })
  }

  private async authorization(from: string | undefined): Promise<string | undefined> {
    const { auth } = this.options
    const bearer = this.challenges.find(({ scheme }) => scheme === 'bearer')
    if (auth.registrytoken) return bearer && `Bearer ${auth.registrytoken}`
    const basic = this.challenges.find(({ scheme }) => scheme === 'basic')
    if (basic !== undefined) {
      const header = basicHeader(auth)
      if (header === undefined) throw cliError('no basic auth credentials')
      return header
    }
    if (bearer === undefined) return undefined
    if (from === undefined) return `Bearer ${(this.token ??= await this.fetchToken(bearer, this.scopes()))}`
    return `Bearer ${await this.fetchToken(bearer, [...this.scopes(), `repository:${from}:pull`])}`
  }

  private scopes(): string[] {
    return this.options.scope === undefined ? [] : [this.options.scope]
  }

  private async fetchToken({ parameters }: Challenge, scopes: readonly string[]): Promise<string> {
    const { realm, service = '' } = parameters
    if (realm === undefined) throw cliError('no realm specified for token auth challenge')
    const url = URL.canParse(realm) ? new URL(realm) : undefined
    if (url === undefined || !/^https?:$/.test(url.protocol)) {
      throw cliError(`invalid token auth challenge realm: ${quote(realm)}`)
    }
    this.checkRealm(url)
    const response = await (this.identityToken === ''
      ? this.askWithPassword(url, service, scopes)
      : this.askWithIdentity(url, service, scopes))
    if (response.status < 200 || response.status > 399) throw responseError(response)
    const answer = parseToken(response.body)
    if (answer.refresh_token) this.identityToken = answer.refresh_token
    const token = answer.access_token || answer.token
    if (!token) throw cliError('authorization server did not include a token in the response')
    return token
  }

  // A registry that is reached by TLS never gets its credentials sent in clear text, wherever they are asked for.
  private checkRealm(realm: URL): void {
    const { auth, base } = this.options
    if (base.protocol !== 'https:' || (this.identityToken === '' && basicHeader(auth) === undefined)) return
    if (realm.protocol !== 'https:') {
      throw cliError(`${base.host} wants its credentials sent to ${realm.origin}, which is not encrypted: not sent`)
    }
    if (this.challenger.protocol !== 'https:') {
      const { origin } = this.challenger
      throw cliError(`${base.host} leaves the question for credentials to ${origin}, which is not encrypted: not sent`)
    }
  }

  private askWithPassword(url: URL, service: string, scopes: readonly string[]): Promise<HttpResponse> {
    const { http, auth, clientId = 'registry-client', offline, signal } = this.options
    if (service !== '') url.searchParams.append('service', service)
    for (const scope of scopes) url.searchParams.append('scope', scope)
    if (offline === true) {
      url.searchParams.append('offline_token', 'true')
      url.searchParams.append('client_id', clientId)
    }
    const header = basicHeader(auth)
    if (header === undefined) return http.send({ url, signal })
    url.searchParams.append('account', auth.username ?? '')
    return http.send({ url, headers: { Authorization: header }, signal })
  }

  private askWithIdentity(url: URL, service: string, scopes: readonly string[]): Promise<HttpResponse> {
    const { http, clientId = 'registry-client', signal } = this.options
    const form = new URLSearchParams({
      client_id: clientId,
      grant_type: 'refresh_token',
      refresh_token: this.identityToken,
      scope: scopes.join(' '),
      service,
    })
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    return http.send({ method: 'POST', url, headers, body: form.toString(), signal })
  }
}

function basicHeader({ username = '', password = '' }: AuthConfig): string | undefined {
  if (username === '' || password === '') return undefined
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function parseToken(body: Buffer): { token?: string; access_token?: string; refresh_token?: string } {
  try {
    return JSON.parse(body.toString('utf8')) as ReturnType<typeof parseToken>
  } catch (error) {
    throw wrap(error, 'unable to decode token response')
  }
}
