import { failure } from '../cli/errors.ts'
import type { ContextStore } from './contexts.ts'
import { parseHost } from './host.ts'
import { loadTls, wantsTls, type TlsChoice, type TlsInput } from './tls.ts'

export type EndpointSource = 'flag' | 'environment' | 'context' | 'default'

/** Where the daemon is, and who said so. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://host`, ... */
  readonly host: string
  readonly source: EndpointSource
  /** The context it belongs to; `default` stands for flags, environment and defaults. */
  readonly contextName: string
  readonly tls?: TlsChoice
}

export interface EndpointInput extends TlsInput {
  readonly globals: TlsInput['globals'] & { readonly host?: readonly string[]; readonly context?: string }
  readonly platform: NodeJS.Platform
  readonly configDir: string
  readonly config: () => Promise<{ readonly data: { readonly currentContext?: string } }>
  /** Where named contexts are; the configuration folder's own unless given. */
  readonly contexts?: ContextStore
}

export const DEFAULT_CONTEXT = 'default'

/**
 * Finds the endpoint: `--context`, `--host`, DOCKER_HOST, DOCKER_CONTEXT, config.json's currentContext, the default, in
 * this order (docker/cli cli/command/cli.go). Throws when what is named is not there or makes no sense.
 */
export async function resolveEndpoint(input: EndpointInput): Promise<Endpoint> {
  const contextName = await resolveContextName(input)
  try {
    return contextName === DEFAULT_CONTEXT ? defaultEndpoint(input) : await contextEndpoint(input, contextName)
  } catch (error) {
    throw failure(`Failed to initialize: unable to resolve docker endpoint: ${(error as Error).message}`)
  }
}

/** The name of the context in force, whether or not there is one of that name; throws for `--host` with `--context`. */
export async function resolveContextName(input: EndpointInput): Promise<string> {
  const { globals, env } = input
  const hosts = globals.host ?? []
  if (globals.context && hosts.length > 0) {
    throw failure('conflicting options: cannot specify both --host and --context')
  }
  if (globals.context) return globals.context
  if (hosts.length > 0 || env['DOCKER_HOST']) return DEFAULT_CONTEXT
  if (env['DOCKER_CONTEXT']) return env['DOCKER_CONTEXT']
  return (await input.config()).data.currentContext || DEFAULT_CONTEXT
}

/** Where an endpoint came from, in words. */
export function describeSource({ source, contextName }: Endpoint): string {
  switch (source) {
    case 'flag':
      return 'the --host flag'
    case 'environment':
      return 'DOCKER_HOST'
    case 'context':
      return `context "${contextName}"`
    case 'default':
      return 'the default'
  }
}

/** The endpoint that flags and the environment name, or the platform's own: what the context `default` stands for. */
export function defaultEndpoint(input: EndpointInput): Endpoint {
  const { globals, env, platform } = input
  const hosts = globals.host ?? []
  if (hosts.length > 1) throw new Error('specify only one -H')
  const named = hosts[0] ?? env['DOCKER_HOST'] ?? ''
  const host = parseHost(named, { tls: wantsTls(input), platform })
  const source = named.trim() === '' ? 'default' : hosts.length > 0 ? 'flag' : 'environment'
  const tls = loadTls(input)
  return { host, source, contextName: DEFAULT_CONTEXT, ...(tls === undefined ? {} : { tls }) }
}

async function contextEndpoint(input: EndpointInput, name: string): Promise<Endpoint> {
  const store = input.contexts ?? (await import('./contexts.ts')).contextStore(input.configDir)
  const { host, skipTlsVerify, tls } = store.docker(name)
  return {
    host: host === '' ? parseHost('', { platform: input.platform }) : host,
    source: 'context',
    contextName: name,
    ...(tls === undefined && !skipTlsVerify ? {} : { tls: { skipVerify: skipTlsVerify, data: tls ?? {} } }),
  }
}
