import type { AuthConfig } from '../config/data.ts'
import { cliError, wrap } from '../errors/cli-error.ts'
import type { HttpClient, HttpResponse } from './http.ts'
import { statusLine } from './errors.ts'

/** What a token is asked for, as a registry's challenge says. */
export interface TokenRequest {
  /** The URL that gives tokens. */
  readonly realm: string
  readonly service: string
  /** `repository:library/busybox:pull`. */
  readonly scopes: readonly string[]
}

export interface Token {
  readonly token: string
  /** Seconds; undefined where the answer does not say. */
  readonly expiresIn?: number
  /** Seconds since 1970; undefined where the answer does not say. */
  readonly issuedAt?: number
}

export interface TokenWorld {
  readonly http: Pick<HttpClient, 'send'>
  readonly clientId: string
  readonly signal: AbortSignal
}

/**
 * Gets a bearer token for what a build wants of a registry: by OAuth2 where there are credentials, or as distribution's first protocol
 * has it where the server knows no OAuth2, or nobody is to be named (containerd core/remotes/docker/auth).
 */
export async function fetchToken(request: TokenRequest, auth: AuthConfig, world: TokenWorld): Promise<Token> {
  const url = URL.canParse(request.realm) ? new URL(request.realm) : undefined
  if (url === undefined) throw cliError(`invalid token auth challenge realm: ${JSON.stringify(request.realm)}`)
  const { username, secret } = credentialsOf(auth)
  if (secret === '') {
    const answer = await askFirst(url, request, undefined, world)
    return readToken(answer, 'GET', url, 'failed to fetch anonymous token')
  }
  const asked = await askOauth(url, request, { username, secret }, world)
  const isUnknown = asked.status === 404 || asked.status === 401 || (asked.status === 405 && username !== '')
  if (!isUnknown) return readToken(asked, 'POST', url, FAILED)
  return readToken(await askFirst(url, request, { username, secret }, world), 'GET', url, FAILED)
}

/** What stands for a user at a registry: a name and a password, or an identity token alone. */
export function credentialsOf({ username = '', password = '', identitytoken = '' }: AuthConfig): {
  username: string
  secret: string
} {
  return identitytoken === '' ? { username, secret: password } : { username: '', secret: identitytoken }
}

type Credentials = ReturnType<typeof credentialsOf>

function askOauth(
  url: URL,
  { service, scopes }: TokenRequest,
  { username, secret }: Credentials,
  { http, clientId, signal }: TokenWorld,
): Promise<HttpResponse> {
  const form = new URLSearchParams({
    client_id: clientId,
    ...(username === ''
      ? { grant_type: 'refresh_token', refresh_token: secret }
      : { grant_type: 'password', username, password: secret }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    service,
  })
  form.sort()
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' }
  return http.send({ method: 'POST', url, headers, body: form.toString(), signal })
}

function askFirst(
  realm: URL,
  { service, scopes }: TokenRequest,
  credentials: Credentials | undefined,
  { http, signal }: TokenWorld,
): Promise<HttpResponse> {
  const url = new URL(realm)
  if (service !== '') url.searchParams.append('service', service)
  for (const scope of scopes) url.searchParams.append('scope', scope)
  url.searchParams.sort()
  if (credentials === undefined) return http.send({ url, signal })
  const basic = Buffer.from(`${credentials.username}:${credentials.secret}`).toString('base64')
  return http.send({ url, headers: { Authorization: `Basic ${basic}` }, signal })
}

function readToken(response: HttpResponse, method: string, realm: URL, failed: string): Token {
  if (response.status < 200 || response.status >= 400) {
    const place = `${realm.origin}${realm.pathname}`
    throw cliError(`${failed}: unexpected status from ${method} request to ${place}: ${statusLine(response.status)}`)
  }
  let answer
  try {
    answer = JSON.parse(response.body.toString()) as Record<string, unknown>
  } catch (error) {
    throw wrap(error, `${failed}: unable to decode token response`)
  }
  const token = answer.access_token || answer.token
  if (typeof token !== 'string') {
    throw cliError(`${failed}: authorization server did not include a token in the response`)
  }
  const issued = typeof answer.issued_at === 'string' ? Date.parse(answer.issued_at) : Number.NaN
  return {
    token,
    ...(typeof answer.expires_in === 'number' && answer.expires_in > 0 && { expiresIn: answer.expires_in }),
    ...(Number.isNaN(issued) ? {} : { issuedAt: Math.floor(issued / 1000) }),
  }
}

const FAILED = 'failed to fetch oauth token'
