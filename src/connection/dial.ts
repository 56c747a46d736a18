import type { Duplex } from 'node:stream'
import type { Connector, OnRead } from '../engine/transport.ts'
import { connectUnix } from './connect-unix.ts'
import type { Endpoint } from './endpoint.ts'
import { parseHostUrl } from './host.ts'

export interface DialInput {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly endpoint: () => Promise<Endpoint>
}

/** Opens one plain connection to the daemon of the endpoint in force, of which nothing has been asked yet. */
export async function dial(input: DialInput, signal: AbortSignal, onread?: OnRead): Promise<Duplex> {
  return (await connectorFor(await input.endpoint(), input))(signal, onread)
}

async function connectorFor({ host, tls }: Endpoint, { env, platform }: DialInput): Promise<Connector> {
  const { protocol, address } = parseHostUrl(host)
  switch (protocol) {
    case 'unix':
      return connectUnix(address)
    case 'tcp':
      return (await import('./tcp-transport.ts')).tcpConnector(address, tls, env)
    case 'ssh':
      return (await import('../ssh/connect.ts')).connectSsh(host, { env, platform })
    default:
      throw new Error(`${protocol}:// endpoints are not supported yet: ${host}`)
  }
}
