import { cliError, noEngine, wrap } from '../errors/cli-error.ts'
import type { Output } from '../streams/stdio.ts'
import { parseHost, parseHostUrl, type HostUrl } from './host.ts'
import { loadTls, readTlsPipes, wantsTls, type TlsChoice, type TlsInput } from '../tls/tls.ts'

export type EndpointSource = 'flag' | 'environment' | 'context' | 'default'

/** The address of the daemon and the source that names it. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://host`, ... */
  readonly host: string
  /** What `host` leads to, parsed at first use; reading it throws where `host` is no address. */
  readonly url: HostUrl
  readonly source: EndpointSource
  /** The context it belongs to; `default` stands for flags, environment and defaults. */
  readonly contextName: string
  readonly tls?: TlsChoice
}

export interface EndpointInput extends TlsInput {
  readonly globals: TlsInput['globals'] & {
    readonly host?: string
    readonly context?: string
    readonly logLevel?: string
  }
  readonly platform: NodeJS.Platform
  readonly configDir: string
  readonly config: () => Promise<{ readonly data: { readonly currentContext?: string } }>
  readonly err: Pick<Output, 'isTerminal' | 'line' | 'write'>
  readonly now: () => Date
  /** Ends waiting for a pipe's writer. */
  readonly signal?: AbortSignal
}

export const DEFAULT_CONTEXT = 'default'

/**
 * Finds the endpoint: `--context`, `--host`, DOCKER_HOST, DOCKER_CONTEXT, config.json's currentContext, the default, in
 * this order (docker/cli cli/command/cli.go). Throws when what is named is not there or makes no sense.
 */
export async function resolveEndpoint(input: EndpointInput): Promise<Endpoint> {
  const contextName = await resolveContextName(input)
  try {
    return endpointAt(
      contextName === DEFAULT_CONTEXT
        ? defaultEndpoint(input, await readTlsPipes(input, input.signal ?? new AbortController().signal))
        : await contextEndpoint(input, contextName),
    )
  } catch (error) {
    throw noEngine(wrap(error, 'unable to resolve docker endpoint'))
  }
}

/** An endpoint whose address is parsed when it is first asked for, so that one that cannot be used can still be shown. */
export function endpointAt(parts: Omit<Endpoint, 'url'>): Endpoint {
  let url: HostUrl | undefined
  return {
    ...parts,
    get url() {
      return (url ??= urlOf(parts.host))
    },
  }
}

// As in the reference, ssh has words of its own for an address that is not there.
function urlOf(host: string): HostUrl {
  return host === 'ssh://' ? { protocol: 'ssh', address: '', path: '' } : parseHostUrl(host)
}

/** The name of the context in force, whether or not there is one of that name; throws for `--host` with `--context`. */
export async function resolveContextName(input: EndpointInput): Promise<string> {
  const { host, context } = input.globals
  if (context && host !== undefined) {
    throw cliError('conflicting options: cannot specify both --host and --context')
  }
  for (const { value, names } of endpointSources) {
    const setting = await value(input)
    if (setting !== undefined) return names === 'context' ? setting : DEFAULT_CONTEXT
  }
  return DEFAULT_CONTEXT
}

/** A flag, variable or setting that may name the endpoint or the context. */
interface NamedSource {
  readonly name: string
  readonly names: 'context' | 'host'
  /** Its value; undefined when it is not set. */
  readonly value: (input: EndpointInput) => Promise<string | undefined> | string | undefined
}

/** The sources of the endpoint in order of precedence; the first that is set wins (docker/cli cli/command/cli.go resolveContextName). */
export const endpointSources: readonly NamedSource[] = [
  { name: '--context', names: 'context', value: ({ globals }) => globals.context || undefined },
  { name: '--host', names: 'host', value: ({ globals }) => globals.host },
  { name: 'DOCKER_HOST', names: 'host', value: ({ env }) => env['DOCKER_HOST'] || undefined },
  { name: 'DOCKER_CONTEXT', names: 'context', value: ({ env }) => env['DOCKER_CONTEXT'] || undefined },
  {
    name: 'currentContext',
    names: 'context',
    value: async (input) => (await input.config()).data.currentContext || undefined,
  },
]

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
export function defaultEndpoint(input: EndpointInput, pipes?: ReadonlyMap<string, Buffer>): Omit<Endpoint, 'url'> {
  const { globals, env, platform } = input
  const named = globals.host ?? env['DOCKER_HOST'] ?? ''
  const host = parseHost(named, { tls: wantsTls(input), platform })
  const source = named.trim() === '' ? 'default' : globals.host !== undefined ? 'flag' : 'environment'
  const tls = loadTls(input, pipes)
  return { host, source, contextName: DEFAULT_CONTEXT, ...(tls === undefined ? {} : { tls }) }
}

async function contextEndpoint(input: EndpointInput, name: string): Promise<Omit<Endpoint, 'url'>> {
  const stored = await import('./context-endpoint.ts')
  return stored.contextEndpoint(input, name)
}
