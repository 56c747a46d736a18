import { quote } from '../go/quote.ts'
import { hostAndPort, parseUrl } from '../go/url.ts'

/** Where an ssh:// endpoint leads. */
export interface SshTarget {
  readonly user: string
  readonly host: string
  readonly port: string
  /** The daemon's socket over there; empty or `/` for its default. */
  readonly path: string
}

/**
 * Reads `ssh://[user@]host[:port][/socket]`. Throws with the reference's message for what it does not take: passwords, queries,
 * fragments (docker/cli cli/connhelper/ssh), and for what Go's net/url does not parse.
 */
export function parseSshUrl(text: string): SshTarget {
  const url = parseUrl(text)
  const { name, port } = hostAndPort(url)
  if (url.user?.password !== undefined) throw invalid('plain-text password is not supported')
  if (name === '') throw invalid('hostname is empty')
  if (url.query !== '') throw invalid(`query parameters are not allowed: ${quote(url.query)}`)
  if (url.fragment !== '') throw invalid(`fragments are not allowed: ${quote(url.fragment)}`)
  return { user: url.user?.name ?? '', host: name, port, path: url.path }
}

function invalid(why: string): Error {
  return new Error(`ssh host connection is not valid: invalid SSH URL: ${why}`)
}
