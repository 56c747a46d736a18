/** A way to a registry: its base URL, and whether its certificate may be anything. */
export interface RegistryEndpoint {
  readonly base: URL
  readonly insecure: boolean
}

/**
 * The ways to the registry at `domain`, best first: HTTPS and, where certificates need not be checked, plain HTTP too
 * (docker/cli internal/registry Endpoints).
 */
export function registryEndpoints(domain: string, insecure: boolean): RegistryEndpoint[] {
  if (domain === 'docker.io' || domain === 'index.docker.io') {
    return [{ base: new URL('https://registry-1.docker.io'), insecure: false }]
  }
  const secure = { base: new URL(`https://${domain}`), insecure }
  return insecure ? [secure, { base: new URL(`http://${domain}`), insecure }] : [secure]
}
