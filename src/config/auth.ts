import { cliError } from '../errors/cli-error.ts'
import { base64Url } from '../go/base64.ts'
import { toJson } from '../go/json-data.ts'
import type { AuthConfig } from './data.ts'

/** The server name under which credentials of Docker Hub are kept. */
export const indexServer = 'https://index.docker.io/v1/'

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Reads `auth` of config.json, `user:password` in base64. Throws with the reference's message when it is something else. */
export async function decodeAuth(auth: string): Promise<{ username: string; password: string }> {
  if (!base64.test(auth)) {
    const { checkBase64 } = await import('./malformed.ts')
    checkBase64(auth)
  }
  const decoded = Buffer.from(auth, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (colon <= 0) throw cliError('invalid auth configuration file')
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/^\0+|\0+$/g, '') }
}

/** The `auth` of config.json for a user and password; empty when there is neither. */
export function encodeAuth({ username = '', password = '' }: AuthConfig): string {
  return username === '' && password === '' ? '' : Buffer.from(`${username}:${password}`).toString('base64')
}

const headerFields = ['username', 'password', 'auth', 'serveraddress', 'identitytoken', 'registrytoken'] as const

/** The value of the header X-Registry-Auth for credentials: their JSON in URL-safe base64, padded (moby api/pkg/authconfig). */
export function encodeAuthHeader(auth: AuthConfig): string {
  return base64Url(toJson(wireAuth(auth)))
}

/** Credentials as the API takes them: what is set, in the order of its definition. */
export function wireAuth(auth: AuthConfig): AuthConfig {
  return Object.fromEntries(headerFields.filter((key) => auth[key]).map((key) => [key, auth[key]]))
}

/** The key under which a registry's credentials are kept: its name, but for Docker Hub (docker/cli getAuthConfigKey). */
export function authKey(domain: string): string {
  return domain === 'docker.io' || domain === 'index.docker.io' ? indexServer : domain
}

/** The host of a registry's address, its scheme and path left out (docker/cli credentials.ConvertToHostname). */
export function registryHostname(address: string): string {
  const scheme = address.indexOf('://')
  const rest = scheme < 0 ? address : address.slice(scheme + 3)
  const host = (scheme < 0 ? rest : rest.split(/[/?#]/, 1)[0]!).split('/', 1)[0]!
  if (scheme < 0) return host
  const bare = host.slice(host.lastIndexOf('@') + 1).replace(/:$/, '')
  const bracketed = /^\[([^\]]+)\](:\d+)?$/.exec(bare)
  if (bracketed !== null) return bracketed[2] === undefined ? bracketed[1]! : bare
  const parts = /^(.*:.*):(\d+)$/.exec(bare)
  if (parts !== null) return `[${parts[1]}]:${parts[2]}`
  return bare === '' ? address.split('/', 1)[0]! : bare
}
