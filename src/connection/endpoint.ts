/** Where the daemon is, and who said so. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, `ssh://host`, ... */
  readonly host: string
  readonly source: 'flag' | 'environment' | 'context' | 'default'
}

interface EndpointInput {
  readonly globals: { readonly host?: readonly string[] }
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Resolves the endpoint from the flags and the environment, else the platform's default socket. */
export function resolveEndpoint({ globals, env }: EndpointInput): Endpoint {
  const given = globals.host?.at(-1)
  if (given) return { host: given, source: 'flag' }
  if (env.DOCKER_HOST) return { host: env.DOCKER_HOST, source: 'environment' }
  return { host: 'unix:///var/run/docker.sock', source: 'default' }
}
