import { cliError, wrap } from '../errors/cli-error.ts'
import type { AuthConfig } from '../config/data.ts'
import { statusLine } from './errors.ts'
import type { HttpClient, HttpResponse } from './http.ts'

/** The login service of Docker Hub and our client ID there (docker/cli internal/oauth/manager). */
export interface DeviceLogin {
  readonly http: HttpClient
  readonly tenant: URL
  readonly audience: URL
  readonly clientId: string
  readonly signal: AbortSignal
  readonly now: () => Date
}

/** Docker Hub's own. */
export const hub = {
  tenant: new URL('https://login.docker.com'),
  audience: new URL('https://hub.docker.com'),
  clientId: 'L4v0dmlNBpYUjGGab0C2JtgTgXr1Qz4d',
} as const

/** What a person needs to log in with a browser, and we to ask whether it is done. */
export interface DeviceCode {
  readonly deviceCode: string
  readonly userCode: string
  readonly verificationUrl: string
  readonly expiresIn: number
  readonly interval: number
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** The user whom the access token names. */
  readonly username: string
}

/** Asks for a code to log in with; throws when the tenant does not answer or gives none. */
export async function requestDeviceCode(login: DeviceLogin): Promise<DeviceCode> {
  const response = await post(login, '/oauth/device/code', {
    client_id: login.clientId,
    audience: login.audience.origin,
    scope: 'openid offline_access',
  })
  if (response.status !== 200) throw tenantError(response)
  const answer = json(response)
  const userCode = text(answer.user_code)
  if (userCode === '') throw cliError('missing user code')
  return {
    deviceCode: text(answer.device_code),
    userCode,
    verificationUrl: text(answer.verification_uri_complete),
    expiresIn: Number(answer.expires_in ?? 0),
    interval: Number(answer.interval ?? 0),
  }
}

/** Asks again and again until the person has logged in; throws when the time is over or the login was refused. */
export async function awaitTokens(login: DeviceLogin, code: DeviceCode): Promise<Tokens> {
  const timeLeft = until(login.now, code.expiresIn * 1000)
  for (;;) {
    await pause(Math.min(code.interval * 1000, Math.max(0, timeLeft())), login.signal)
    if (timeLeft() <= 0) throw cliError('timed out waiting for device token')
    const response = await post(login, '/oauth/token', {
      client_id: login.clientId,
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: code.deviceCode,
    })
    const answer = json(response)
    if (answer.error === undefined || answer.error === null) {
      const accessToken = text(answer.access_token)
      return { accessToken, refreshToken: text(answer.refresh_token), username: usernameOf(accessToken) }
    }
    if (answer.error !== 'authorization_pending') throw cliError(text(answer.error_description))
  }
}

/** Makes a personal access token for this client, which pulls and pushes as a password does. */
export async function makeAccessToken({ http, audience, signal }: DeviceLogin, tokens: Tokens): Promise<string> {
  const url = new URL('/v2/access-tokens/desktop-generate', audience)
  const headers = { Authorization: `Bearer ${tokens.accessToken}`, 'Content-Type': 'application/json' }
  const response = await http.send({ method: 'POST', url, headers, signal })
  if (response.status !== 201) throw cliError(`unexpected response from Hub: ${statusLine(response.status)}`)
  return text((json(response).data as { token?: unknown } | undefined)?.token)
}

/** Takes a refresh token's power away. */
export async function revokeToken(login: DeviceLogin, token: string): Promise<void> {
  const response = await post(login, '/oauth/revoke', { client_id: login.clientId, token })
  if (response.status !== 200) throw tenantError(response)
}

/** The credentials under which the tokens are kept, beside the password made with them. */
export function storedTokens(server: string, tokens: Tokens, clientId: string): AuthConfig[] {
  const { username, accessToken, refreshToken } = tokens
  return [
    { username, password: accessToken, serveraddress: `${server}access-token` },
    { username, password: `${refreshToken}..${clientId}`, serveraddress: `${server}refresh-token` },
  ]
}

/** Tells how many of `milliseconds` from now are left. */
function until(now: () => Date, milliseconds: number): () => number {
  const end = now().getTime() + milliseconds
  return () => end - now().getTime()
}

function post(
  { http, tenant, signal }: DeviceLogin,
  path: string,
  form: Record<string, string>,
): Promise<HttpResponse> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams(form).toString()
  return http.send({ method: 'POST', url: new URL(path, tenant), headers, body, signal })
}

function tenantError(response: HttpResponse): Error {
  try {
    const { error_description: description } = json(response)
    if (typeof description === 'string') return cliError(description)
  } catch {
    // No JSON: the status is all there is to tell.
  }
  return cliError(`unexpected response from tenant: ${statusLine(response.status)}`)
}

function json({ body }: HttpResponse): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>
  } catch (error) {
    throw wrap(error, 'failed to decode response')
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The user in a token's claims; its signature is for those who act on it. */
function usernameOf(token: string): string {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >
    return text((claims['https://hub.docker.com'] as { username?: unknown } | undefined)?.username)
  } catch (error) {
    throw wrap(error, 'failed to parse token claims')
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    const abort = (): void => {
      finish()
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      finish()
      resolve()
    }, milliseconds)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
  })
}
