import { isIP } from 'node:net'
import { quote } from '../parse/quote.ts'

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
  const url = parseTcpUrl(address)
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

function parseAddress(address: string): string {
  const [first, second] = cut(address, '://')
  const [protocol, rest] = second === undefined ? ['tcp', first] : [first, second]
  switch (protocol) {
    case 'tcp':
      return parseTcp(rest)
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

function parseTcp(text: string): string {
  if (text === '' || text === 'tcp://') return `tcp://${DEFAULT_HOST}:${DEFAULT_PORT}`
  let address = text.startsWith('tcp://') ? text.slice(6) : text
  if (address.includes('://') || address === '') throw new Error(`invalid proto, expected tcp: ${text}`)
  if (address.endsWith(']:')) address += DEFAULT_PORT
  const url = parseTcpUrl(address)
  const split = splitHostPort(url.host) ?? splitHostPort(joinHostPort(url.host, DEFAULT_PORT))
  if (split === undefined) throw new Error(`invalid bind address format: ${text}`)
  return `tcp://${joinHostPort(split.host || DEFAULT_HOST, split.port || DEFAULT_PORT)}${url.path}`
}

function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

// The part of Go's net/url that an address can reach, with its errors.
function parseTcpUrl(address: string): { host: string; path: string } {
  const whole = `tcp://${address}`
  const fail = (why: string) => new Error(`parse ${quote(whole)}: ${why}`)
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f]/.test(whole)) throw fail('net/url: invalid control character in URL')
  const [beforeFragment] = cut(address, '#')
  const [beforeQuery] = cut(beforeFragment, '?')
  const slash = beforeQuery.indexOf('/')
  const authority = slash === -1 ? beforeQuery : beforeQuery.slice(0, slash)
  const path = slash === -1 ? '' : beforeQuery.slice(slash)
  const host = parseUrlHost(authority.slice(authority.lastIndexOf('@') + 1), fail)
  return { host, path: unescape(path, /^$/, fail) }
}

/** The host of a URL's authority, unescaped, with its port (Go net/url `parseHost`). */
export function parseUrlHost(host: string, fail: (why: string) => Error): string {
  const bracket = host.startsWith('[') ? host.lastIndexOf(']') : -1
  if (host.startsWith('[') && bracket === -1) throw fail("missing ']' in host")
  const colon = host.startsWith('[') ? bracket + 1 : host.lastIndexOf(':')
  const port = colon === -1 ? '' : host.slice(colon)
  if (!/^(:\d*)?$/.test(port)) throw fail(`invalid port ${quote(port)} after host`)
  if (bracket !== -1) {
    const [address = '', zone] = host.slice(1, bracket).split(/%25(.*)/s, 2)
    const plain = unescape(address, /[^\x20-\x7e]/, fail)
    if (isIP(plain) !== 6) throw fail(`invalid host: ParseAddr(${quote(plain)}): unable to parse IP`)
    return `[${plain}${zone === undefined ? '' : `%${decodeURIComponent(zone)}`}]${port}`
  }
  const bad = /[ \\^`{}|]/.exec(host)
  if (bad !== null) throw fail(`invalid character ${quote(bad[0])} in host name`)
  // In a host, only bytes beyond ASCII may be written as escapes.
  return unescape(host, /%[0-7][0-9a-f]/i, fail)
}

/** Undoes percent escapes; throws what `fail` makes for one that is broken or, where `forbidden` says so, not allowed. */
export function unescape(text: string, forbidden: RegExp, fail: (why: string) => Error): string {
  const bad = /%(?![0-9a-f]{2}).{0,2}/is.exec(text) ?? (forbidden.source === '^$' ? null : forbidden.exec(text))
  if (bad !== null) throw fail(`invalid URL escape ${quote(bad[0])}`)
  return Buffer.from(
    text.replace(/%([0-9a-f]{2})|[^\0-\x7f]/gi, (all, hex: string | undefined) =>
      hex === undefined ? Buffer.from(all).toString('latin1') : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  ).toString()
}

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)]
}
