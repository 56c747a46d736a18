import { BlockList, isIP } from 'node:net'
import { splitHostPort } from './host.ts'

/** An HTTP proxy on the way to a daemon. */
export interface Proxy {
  protocol: 'http' | 'https'
  host: string
  port: number
  /** The value of Proxy-Authorization, for a proxy URL with a user. */
  authorization?: string
}

export interface ProxyTarget {
  scheme: 'http' | 'https'
  host: string
  port: number
}

/**
 * The proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY (or their lower-case forms) put before a target, as Go's
 * http.ProxyFromEnvironment decides it: never for this machine itself. Throws for a proxy that is no HTTP one.
 */
export function proxyFor(target: ProxyTarget, env: Readonly<Record<string, string | undefined>>): Proxy | undefined {
  const named = target.scheme === 'https' ? pick(env, 'HTTPS_PROXY') : pick(env, 'HTTP_PROXY')
  if (named === '' || !usesProxy(target, pick(env, 'NO_PROXY'))) return undefined
  if (target.scheme === 'http' && env['REQUEST_METHOD']) {
    throw new Error('refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy')
  }
  return parseProxy(named)
}

function pick(env: Readonly<Record<string, string | undefined>>, name: string): string {
  return env[name] || env[name.toLowerCase()] || ''
}

function parseProxy(text: string): Proxy {
  let url
  let user
  try {
    url = new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`)
    user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  } catch {
    throw new Error(`invalid proxy address "${text}"`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`a ${url.protocol.slice(0, -1)} proxy cannot be used: ${url.protocol}//${url.host}`)
  }
  const protocol = url.protocol === 'https:' ? 'https' : 'http'
  return {
    protocol,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || (protocol === 'https' ? 443 : 80)),
    ...(user === ':' ? {} : { authorization: `Basic ${Buffer.from(user).toString('base64')}` }),
  }
}

function usesProxy({ host: name, port }: ProxyTarget, noProxy: string): boolean {
  const host = name.toLowerCase()
  const family = isIP(host)
  if (name === 'localhost' || (family === 4 && host.startsWith('127.')) || host === '::1') return false
  return !noProxy.split(',').some((entry) => excludes(entry.trim().toLowerCase(), host, String(port), family))
}

// One entry of NO_PROXY: everything, a network, an address or a domain, the last two with a port or without.
function excludes(entry: string, host: string, port: string, family: number): boolean {
  if (entry === '*') return true
  if (entry === '') return false
  const network = /^(.*)\/(\d+)$/.exec(entry)
  if (network !== null && isIP(network[1] ?? '') !== 0) {
    return family !== 0 && inNetwork(host, family, network[1] ?? '', Number(network[2]))
  }
  const split = splitHostPort(entry)
  const [name, wanted] = split === undefined ? [entry, ''] : [split.host, split.port]
  if (name === '' || (wanted !== '' && wanted !== port)) return false
  if (isIP(name) !== 0) return family !== 0 && inNetwork(host, family, name, isIP(name) === 4 ? 32 : 128)
  if (family !== 0) return false
  const domain = name.startsWith('*.') ? name.slice(1) : name
  if (domain.startsWith('.')) return host.endsWith(domain)
  return host === domain || host.endsWith(`.${domain}`)
}

function inNetwork(address: string, family: number, network: string, bits: number): boolean {
  if (isIP(network) !== family) return false
  const list = new BlockList()
  try {
    list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6')
  } catch {
    return false
  }
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
