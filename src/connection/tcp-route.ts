import type { Connector } from '../engine/transport.ts'
import type { Http1Options } from '../engine/http1.ts'
import type { Bun } from '../runtime/bun.ts'
import { connectTcp, type TcpTarget } from './connect-tcp.ts'
import { splitHostPort } from './host.ts'
import { proxyFor } from './proxy.ts'
import { tlsSocketOptions } from '../tls/socket-options.ts'
import type { TlsChoice } from '../tls/tls.ts'

/** What a connection over TCP takes from the Context: where proxies are named, and the time. */
export interface TcpContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Set where Bun's own sockets serve, which are no streams of Node's; see connect-bun.ts. */
  readonly bun?: Bun | undefined
}

/**
 * The way to `host:port`. A proxy from the environment is asked in its own way for plain HTTP, and by CONNECT for TLS.
 * Hijacked streams go by CONNECT too, or straight to the daemon where the proxy will not have that: the reference always
 * connects straight for them (moby client `setupHijackConn`).
 */
export function tcpRoute(
  address: string,
  choice: TlsChoice | undefined,
  { env, now, bun }: TcpContext,
): Http1Options & { host: string } {
  const { host, port } = splitHostPort(address) ?? { host: address, port: choice === undefined ? '80' : '443' }
  const tls = choice === undefined ? {} : { tls: tlsSocketOptions(choice, env) }
  const scheme = choice === undefined ? 'http' : 'https'
  const target = { host, port: Number(port), now }
  const proxy = proxyFor({ scheme, ...target }, env)
  if (proxy === undefined) return { host: address, connect: straightTo({ ...target, ...tls }, bun) }
  const proxyTls = proxy.protocol === 'https' ? { tls: tlsSocketOptions({ skipVerify: false, data: {} }, env) } : {}
  const tunnel = connectTcp({ ...target, ...tls, tunnel: { ...proxy, ...proxyTls } })
  const hijack = firstOf(tunnel, connectTcp({ ...target, ...tls }))
  if (scheme === 'https') return { host: address, connect: tunnel, hijack }
  const headers = proxy.authorization === undefined ? {} : { 'Proxy-Authorization': proxy.authorization }
  const connect = connectTcp({ host: proxy.host, port: proxy.port, now, ...proxyTls })
  return { host: address, connect, hijack, absolute: { base: `http://${address}`, headers } }
}

function straightTo(target: TcpTarget, bun: Bun | undefined): Connector {
  const connect = connectTcp(target)
  if (bun === undefined || target.tls !== undefined) return connect
  const place = { hostname: target.host, port: target.port }
  return async (signal, onread) => {
    const { connectByBun } = await import('./connect-bun.ts')
    return connectByBun(bun, place, connect)(signal, onread)
  }
}

// A proxy that cannot be reached or says no leaves the second way, and its own error where that fails as well.
function firstOf(tunnel: Connector, straight: Connector): Connector {
  return async (signal, onread) => {
    try {
      return await tunnel(signal)
    } catch (error) {
      signal?.throwIfAborted()
      return straight(signal, onread).catch(() => {
        throw error
      })
    }
  }
}
