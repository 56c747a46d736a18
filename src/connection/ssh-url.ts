import { quote } from '../parse/quote.ts'
import { parseUrlHost, unescape } from './host.ts'

/** Where an ssh:// endpoint leads. */
export interface SshTarget {
  readonly user: string
  readonly host: string
  readonly port: string
  /** The daemon's socket over there; empty or `/` for its default. */
  readonly path: string
}

/**
 * Reads `ssh://[user@]host[:port][/socket]`. Throws in the reference's words for what it does not take: passwords, queries,
 * fragments (docker/cli cli/connhelper/ssh), and for what Go's net/url does not parse.
 */
export function parseSshUrl(text: string): SshTarget {
  const [whole = '', fragment = ''] = text.split(/#(.*)/s, 2)
  const fail = (why: string) => new Error(`parse ${quote(whole)}: ${why}`)
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f]/.test(whole)) throw fail('net/url: invalid control character in URL')
  const [address = '', query = ''] = whole.slice('ssh://'.length).split(/\?(.*)/s, 2)
  const slash = address.indexOf('/')
  const authority = slash === -1 ? address : address.slice(0, slash)
  const at = authority.lastIndexOf('@')
  const { host, port } = splitPort(parseUrlHost(authority.slice(at + 1), fail))
  const { user, password } = parseUser(authority.slice(0, Math.max(at, 0)), fail)
  const path = unescape(slash === -1 ? '' : address.slice(slash), NOTHING, fail)
  const plainFragment = unescape(fragment, NOTHING, (why) => new Error(`parse ${quote(text)}: ${why}`))

  if (password) throw invalid('plain-text password is not supported')
  if (host === '') throw invalid('hostname is empty')
  if (query !== '') throw invalid(`query parameters are not allowed: ${quote(query)}`)
  if (plainFragment !== '') throw invalid(`fragments are not allowed: ${quote(plainFragment)}`)
  return { user, host, port, path }
}

function splitPort(host: string): { host: string; port: string } {
  const [, inBrackets, plain = '', port = ''] = /^(?:\[(.*)\]|([^:]*))(?::(\d*))?$/s.exec(host) ?? []
  return { host: inBrackets ?? plain, port }
}

function parseUser(info: string, fail: (why: string) => Error): { user: string; password: boolean } {
  if (!/^[\w\-.:~!$&'()*+,;=%@]*$/.test(info)) throw fail('net/url: invalid userinfo')
  const [name = '', password] = info.split(/:(.*)/s, 2)
  const user = unescape(name, NOTHING, fail)
  unescape(password ?? '', NOTHING, fail)
  return { user, password: password !== undefined }
}

function invalid(why: string): Error {
  return new Error(`ssh host connection is not valid: invalid SSH URL: ${why}`)
}

/** Forbids no escape. */
const NOTHING = /^$/
