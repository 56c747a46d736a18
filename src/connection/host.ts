import { parseUrl } from '../go/url.ts'

export const DEFAULT_SOCKET = 'unix:///var/run/docker.sock'
const DEFAULT_PIPE = 'npipe:////./pipe/docker_engine'
const DEFAULT_HOST = 'localhost'
const DEFAULT_PORT = '2375'
const DEFAULT_TLS_PORT = '2376'

/**
 * A daemon's address in full, from what `-H` or DOCKER_HOST says: nothing means the platform's socket, or the TLS port
 * of localhost when TLS is asked for; an address without protocol is TCP (docker/cli opts/hosts.go `ParseHost`).
 */
export function parseHost(text: string, defaults: { tls?: boolean; platform?: NodeJS.Platform } = {}): string {
  const address = text.trim()
  if (address !== '') return parseAddress(address)
  if (defaults.tls === true) return `tcp://${DEFAULT_HOST}:${DEFAULT_TLS_PORT}`
  return defaults.platform === 'win32' ? DEFAULT_PIPE : DEFAULT_SOCKET
}

/** What an address leads to: a protocol, an address within it, and for TCP the path before every API path. */
export interface HostUrl {
  protocol: string
  address: string
  path: string
}

/** Splits a full address (moby client `ParseHostURL`). */
export function parseHostUrl(host: string): HostUrl {
  const [protocol, address] = cut(host, '://')
  if (address === undefined || address === '') throw new Error(`unable to parse docker host \`${host}\``)
  if (protocol !== 'tcp') return { protocol, address, path: '' }
  const url = parseUrl(`tcp://${address}`)
  return { protocol, address: url.host, path: url.path }
}

/** Splits `host:port`, `[v6]:port`; undefined when there is no port or no telling (Go's net.SplitHostPort). */
export function splitHostPort(address: string): { host: string; port: string } | undefined {
  const colon = address.lastIndexOf(':')
  if (colon === -1) return undefined
  const port = address.slice(colon + 1)
  if (!address.startsWith('[')) {
    const host = address.slice(0, colon)
    return /[:[\]]/.test(host) || /[[\]]/.test(port) ? undefined : { host, port }
  }
  const end = address.indexOf(']')
  if (end === -1 || end + 1 !== colon || /[[\]]/.test(address.slice(1, end) + port)) return undefined
  return { host: address.slice(1, end), port }
}

/**
 * A TCP address in full, `tcp://HOST:PORT`; what `text` lacks of host and port is taken from `defaults`, `HOST:PORT`, too. Throws
 * where it is none (docker/cli opts/hosts.go `ParseTCPAddr`).
 */
export function parseTcpAddress(text: string, defaults: string): string {
  if (text === '' || text === 'tcp://') return `tcp://${defaults}`
  let address = text.startsWith('tcp://') ? text.slice(6) : text
  if (address.includes('://') || address === '') throw new Error(`invalid proto, expected tcp: ${text}`)
  const { host, port } = splitHostPort(defaults) ?? { host: '', port: '' }
  if (address.endsWith(']:')) address += port
  const url = parseUrl(`tcp://${address}`)
  const split = splitHostPort(url.host) ?? splitHostPort(joinHostPort(url.host, port))
  if (split === undefined) throw new Error(`invalid bind address format: ${text}`)
  return `tcp://${joinHostPort(split.host || host, split.port || port)}${url.path}`
}

function parseAddress(address: string): string {
  const [first, second] = cut(address, '://')
  const [protocol, rest] = second === undefined ? ['tcp', first] : [first, second]
  switch (protocol) {
    case 'tcp':
      return parseTcpAddress(rest, `${DEFAULT_HOST}:${DEFAULT_PORT}`)
    case 'unix':
      return parseSimple(protocol, rest, DEFAULT_SOCKET.slice('unix://'.length))
    case 'npipe':
      return parseSimple(protocol, rest, DEFAULT_PIPE.slice('npipe://'.length))
    case 'fd':
    case 'ssh':
      return address
    default:
      throw new Error(`invalid bind address format: ${address}`)
  }
}

function parseSimple(protocol: string, text: string, fallback: string): string {
  const address = text.startsWith(`${protocol}://`) ? text.slice(protocol.length + 3) : text
  if (address.includes('://')) throw new Error(`invalid proto, expected ${protocol}: ${address}`)
  return `${protocol}://${address === '' ? fallback : address}`
}

function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)]
}
