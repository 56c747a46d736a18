import { quote } from '../parse/quote.ts'

/** Where an ssh:// endpoint leads. */
export interface SshTarget {
  readonly user: string
  readonly host: string
  readonly port: string
  /** The daemon's socket over there; empty or `/` for its default. */
  readonly path: string
}

/** Reads an ssh:// URL. Throws in the reference's words for what it does not take: passwords, queries, fragments (docker/cli connhelper/ssh). */
export function parseSshUrl(text: string): SshTarget {
  const match = /^ssh:\/\/(?:([^/?#]*)@)?([^/?#@]*)(\/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?$/s.exec(text)
  if (match === null) throw new Error(`parse ${quote(text)}: invalid URL`)
  const [, userinfo, authority = '', path = '', query = '', fragment = ''] = match
  const { host, port } = splitAuthority(text, authority)
  if (userinfo?.includes(':')) throw invalid('plain-text password is not supported')
  if (host === '') throw invalid('hostname is empty')
  if (query !== '') throw invalid(`query parameters are not allowed: ${quote(query)}`)
  if (fragment !== '') throw invalid(`fragments are not allowed: ${quote(unescape(text, fragment))}`)
  return { user: unescape(text, userinfo ?? ''), host: unescape(text, host), port, path: unescape(text, path) }
}

function splitAuthority(text: string, authority: string): { host: string; port: string } {
  const bad = /[ "<>\\^`{}|]/.exec(authority)
  if (bad !== null) throw new Error(`parse ${quote(text)}: invalid character ${quote(bad[0])} in host name`)
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(authority)
  const port = match?.[3] ?? ''
  if (match === null || /\D/.test(port)) {
    const shown = authority.slice(authority.lastIndexOf(':'))
    throw new Error(`parse ${quote(text)}: invalid port ${quote(shown)} after host`)
  }
  return { host: match[1] ?? match[2] ?? '', port }
}

function unescape(text: string, part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    const bad = /%(?![0-9a-f]{2}).{0,2}/is.exec(part)?.[0] ?? part
    throw new Error(`parse ${quote(text)}: invalid URL escape ${quote(bad)}`)
  }
}

function invalid(why: string): Error {
  return new Error(`ssh host connection is not valid: invalid SSH URL: ${why}`)
}
