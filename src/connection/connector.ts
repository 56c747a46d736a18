import type { Http1Options } from '../engine/http1.ts'
import { bun } from '../runtime/bun.ts'
import { connectUnix, open } from './connect-unix.ts'
import type { Endpoint } from './endpoint.ts'

export interface ConnectorInput {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly now: () => Date
}

/**
 * How the daemon of an endpoint is reached: what opens connections to it, for requests and to be hijacked, and the Host header.
 * Throws for an address that makes no sense or cannot be used; nothing is connected yet.
 */
export async function connectorFor(endpoint: Endpoint, { env, platform, now }: ConnectorInput): Promise<Http1Options> {
  const { protocol, address } = endpoint.url
  switch (protocol) {
    case 'unix':
      // Three bytes a character at the most: few paths need to be counted.
      if (address.length * 3 > MAX_SOCKET_PATH && Buffer.byteLength(address) > MAX_SOCKET_PATH)
        throw new Error(`unix socket path "${address}" is too long`)
      return unixRoute(address)
    // A context's host is taken as it is, so that plain HTTP may be called by its name too.
    case 'tcp':
    case 'http':
    case 'https':
      return (await import('./tcp-route.ts')).tcpRoute(address, endpoint.tls, { env, now, bun })
    case 'npipe':
      // The reference's words where there are no named pipes.
      if (platform !== 'win32') throw new Error('protocol not available')
      return { connect: connectUnix(pipePath(address)) }
    case 'fd':
      throw new Error(`an inherited file descriptor is for daemons to listen on, not to connect to: ${endpoint.host}`)
    case 'ssh': {
      const { connectSsh, SSH_DUMMY_HOST } = await import('../ssh/connect.ts')
      const openSocket = (path: string, timeoutMs: number) => open({ path }, undefined, undefined, timeoutMs)
      return { connect: connectSsh(endpoint.host, { env, platform, openSocket }), host: SSH_DUMMY_HOST }
    }
    default:
      throw new Error(`${protocol}:// endpoints are not supported yet: ${endpoint.host}`)
  }
}

async function unixRoute(path: string): Promise<Http1Options> {
  const connect = connectUnix(path)
  if (bun === undefined) return { connect }
  const { connectByBun } = await import('./connect-bun.ts')
  return { connect: connectByBun(bun, { unix: path }, connect) }
}

/** The path Windows knows a pipe by: `//./pipe/docker_engine` of an npipe URL becomes `\\.\pipe\docker_engine`. */
export function pipePath(address: string): string {
  return address.replaceAll('/', '\\')
}

const MAX_SOCKET_PATH = 108
