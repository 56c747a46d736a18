import { noEngine } from '../errors/cli-error.ts'
import { Engine } from '../engine/engine.ts'
import type { EngineAddress } from '../engine/errors.ts'
import { http1Transport } from '../engine/http1.ts'
import { pinnedApiVersion } from '../engine/version.ts'
import { reference } from '../version.ts'
import { connectorFor } from './connector.ts'
import { describeSource, type Endpoint } from './endpoint.ts'

export interface ConnectInput {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly endpoint: () => Promise<Endpoint>
  readonly config: () => Promise<{ readonly data: { readonly HttpHeaders?: Readonly<Record<string, string>> } }>
  readonly platform: NodeJS.Platform
  readonly now: () => Date
}

/** Gives the engine behind the endpoint in force; nothing is connected until its first request. */
export async function connect(input: ConnectInput): Promise<Engine> {
  const endpoint = await input.endpoint()
  const { data } = await input.config()
  try {
    const version = pinnedApiVersion(input.env['DOCKER_API_VERSION'])
    return new Engine({
      transport: http1Transport(await connectorFor(endpoint, input)),
      address: engineAddress(endpoint),
      headers: await headersFor(data.HttpHeaders, input.env['DOCKER_CUSTOM_HEADERS']),
      userAgent: `Docker-Client/${reference.version} (${input.platform === 'win32' ? 'windows' : input.platform})`,
      ...(version === undefined ? {} : { version }),
    })
  } catch (error) {
    throw noEngine(error)
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

function engineAddress(endpoint: Endpoint): EngineAddress {
  const { protocol, address: authority, path: basePath } = endpoint.url
  const tls = protocol === 'tcp' && endpoint.tls !== undefined
  return { host: endpoint.host, source: describeSource(endpoint), protocol, authority, basePath, tls }
}
