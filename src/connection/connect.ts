import { noEngine } from '../errors/cli-error.ts'
import { Engine } from '../engine/engine.ts'
import type { EngineAddress } from '../engine/errors.ts'
import { http1Transport } from '../engine/http1.ts'
import type { Transport } from '../engine/transport.ts'
import { pinnedApiVersion } from '../engine/version.ts'
import { reference } from '../version.ts'
import { connectNpipe } from './connect-npipe.ts'
import { connectUnix } from './connect-unix.ts'
import { describeSource, type Endpoint } from './endpoint.ts'
import { parseHostUrl, type HostUrl } from './host.ts'

export interface ConnectInput {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly endpoint: () => Promise<Endpoint>
  readonly config: () => Promise<{ readonly data: { readonly HttpHeaders?: Readonly<Record<string, string>> } }>
  readonly platform: NodeJS.Platform
}

/** Gives the engine behind the endpoint in force; nothing is connected until its first request. */
export async function connect(input: ConnectInput): Promise<Engine> {
  const endpoint = await input.endpoint()
  const { data } = await input.config()
  try {
    // As in the reference, ssh has words of its own for an address that is not there.
    const url = endpoint.host === 'ssh://' ? { protocol: 'ssh', address: '', path: '' } : parseHostUrl(endpoint.host)
    const version = pinnedApiVersion(input.env['DOCKER_API_VERSION'])
    return new Engine({
      transport: await openTransport(endpoint, url, input),
      address: engineAddress(endpoint, url),
      headers: await headersFor(data.HttpHeaders, input.env['DOCKER_CUSTOM_HEADERS']),
      userAgent: `Docker-Client/${reference.version} (${input.platform === 'win32' ? 'windows' : input.platform})`,
      ...(version === undefined ? {} : { version }),
    })
  } catch (error) {
    throw noEngine((error as Error).message)
  }
}

async function openTransport(endpoint: Endpoint, url: HostUrl, { env, platform }: ConnectInput): Promise<Transport> {
  switch (url.protocol) {
    case 'unix':
      if (Buffer.byteLength(url.address) > MAX_SOCKET_PATH) {
        throw new Error(`unix socket path "${url.address}" is too long`)
      }
      return http1Transport({ connect: connectUnix(url.address) })
    // A context's host is taken as it is, so that plain HTTP may be called by its name too.
    case 'tcp':
    case 'http':
    case 'https': {
      const { tcpTransport } = await import('./tcp-transport.ts')
      return tcpTransport(url.address, endpoint.tls, env)
    }
    case 'npipe':
      // The reference's words where there are no named pipes.
      if (platform !== 'win32') throw new Error('protocol not available')
      return http1Transport({ connect: connectNpipe(url.address) })
    case 'fd':
      throw new Error(`an inherited file descriptor is for daemons to listen on, not to connect to: ${endpoint.host}`)
    case 'ssh': {
      const { connectSsh, SSH_DUMMY_HOST } = await import('../ssh/connect.ts')
      return http1Transport({ connect: connectSsh(endpoint.host, { env, platform }), host: SSH_DUMMY_HOST })
    }
    default:
      throw new Error(`${url.protocol}:// endpoints are not supported yet: ${endpoint.host}`)
  }
}

// Most runs have no headers of their own and need no reader of comma-separated values.
async function headersFor(
  config: Readonly<Record<string, string>> | undefined,
  variable: string | undefined,
): Promise<Record<string, string>> {
  if (!variable && Object.keys(config ?? {}).length === 0) return {}
  const { customHeaders } = await import('./headers.ts')
  return customHeaders(config, variable)
}

function engineAddress(endpoint: Endpoint, url: HostUrl): EngineAddress {
  const tls = url.protocol === 'tcp' && endpoint.tls !== undefined
  return { host: endpoint.host, source: describeSource(endpoint), basePath: url.path, tls }
}

const MAX_SOCKET_PATH = 108
