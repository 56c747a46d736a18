import { isIP } from 'node:net'
import { quote } from './quote.ts'

/** A URL's parts as Go's net/url gives them: escapes undone but in `query`, and `host` with its brackets and port. */
export interface Url {
  scheme: string
  /** Undefined without `@`; the password without `:` in front of it. */
  user?: { name: string; password?: string }
  host: string
  path: string
  query: string
  fragment: string
}

/** Reads a URL; throws with Go's message, `parse "tcp://[::1": missing ']' in host` (net/url Parse). */
export function parseUrl(text: string): Url {
  const [whole, fragment = ''] = cut(text, '#')
  const url = failingAs(whole, () => parse(whole))
  return { ...url, fragment: failingAs(text, () => unescape(fragment)) }
}

/** The host without port and brackets, and the port, empty when there is none. */
export function hostAndPort({ host }: Url): { name: string; port: string } {
  const colon = host.lastIndexOf(':')
  const hasPort = colon !== -1 && isPort(host.slice(colon))
  const name = hasPort ? host.slice(0, colon) : host
  const bare = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
  return { name: bare, port: hasPort ? host.slice(colon + 1) : '' }
}

/** A query's part with its escapes undone; throws with Go's message (net/url QueryUnescape). */
export function queryUnescape(text: string): string {
  return unescape(text.replaceAll('+', ' '))
}

function failingAs<T>(text: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`parse ${quote(text)}: ${(error as Error).message}`, { cause: error })
  }
}

function parse(text: string): Url {
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f]/.test(text)) throw new Error('net/url: invalid control character in URL')
  if (text.startsWith(':')) throw new Error('missing protocol scheme')
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(text)?.[1] ?? ''
  const [rest, query = ''] = cut(scheme === '' ? text : text.slice(scheme.length + 1), '?')
  const url = { scheme: scheme.toLowerCase(), host: '', path: '', query, fragment: '' }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return url
    if (rest.split('/', 1)[0]?.includes(':') === true) {
      throw new Error('first path segment in URL cannot contain colon')
    }
  }
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) return { ...url, path: unescape(rest) }
  const slash = rest.indexOf('/', 2)
  const authority = slash === -1 ? rest.slice(2) : rest.slice(2, slash)
  const parsed = parseAuthority(authority)
  return { ...url, ...parsed, path: slash === -1 ? '' : unescape(rest.slice(slash)) }
}

function parseAuthority(authority: string): Pick<Url, 'user' | 'host'> {
  const at = authority.lastIndexOf('@')
  const host = parseHost(authority.slice(at + 1))
  if (at === -1) return { host }
  const info = authority.slice(0, at)
  if (!/^[\w.:~!$&'()*+,;=%@-]*$/.test(info)) throw new Error('net/url: invalid userinfo')
  const [name, password] = cut(info, ':')
  const user = { name: unescape(name), ...(password === undefined ? {} : { password: unescape(password) }) }
  return { user, host }
}

function parseHost(host: string): string {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) throw new Error('invalid IP-literal')
  if (bracket === 0) return parseLiteral(host)
  const colon = host.lastIndexOf(':')
  if (colon !== -1) checkPort(host.slice(colon))
  return unescapeHost(host)
}

function parseLiteral(host: string): string {
  const end = host.lastIndexOf(']')
  if (end === -1) throw new Error("missing ']' in host")
  checkPort(host.slice(end + 1))
  const zone = host.indexOf('%25')
  const address = unescapeHost(host.slice(1, zone === -1 || zone > end ? end : zone))
  const plain = zone === -1 || zone > end ? address : `${address}${unescape(host.slice(zone, end))}`
  if (isIP(address) === 4) throw new Error('invalid IP-literal')
  if (isIP(address) === 0) throw new Error(`invalid host: ParseAddr(${quote(plain)}): unable to parse IP`)
  return `[${plain}]${host.slice(end + 1)}`
}

function checkPort(port: string): void {
  if (!isPort(port)) throw new Error(`invalid port ${quote(port)} after host`)
}

function isPort(text: string): boolean {
  return /^(:\d*)?$/.test(text)
}

/** In a host, only bytes beyond ASCII and the percent sign may be written as escapes. */
function unescapeHost(host: string): string {
  for (const [found] of host.matchAll(/%(?![0-9a-f]{2}).{0,2}|%(?!25)[0-7].|[ \\^`{}|]/gis)) {
    if (found.startsWith('%')) throw new Error(`invalid URL escape ${quote(found)}`)
    throw new Error(`invalid character ${quote(found)} in host name`)
  }
  return unescape(host)
}

function unescape(text: string): string {
  const bad = /%(?![0-9a-f]{2}).{0,2}/is.exec(text)
  if (bad !== null) throw new Error(`invalid URL escape ${quote(bad[0])}`)
  if (!text.includes('%')) return text
  return Buffer.from(
    text.replace(/%([0-9a-f]{2})|[^\0-\x7f]/giu, (all, hex: string | undefined) =>
      hex === undefined ? Buffer.from(all).toString('latin1') : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  ).toString()
}

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)]
}
