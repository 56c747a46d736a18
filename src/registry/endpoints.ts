import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

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

/** Whether a registry is on this machine, which needs no checked certificate. */
export async function isLoopback(domain: string): Promise<boolean> {
  const host = domain.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  if (host.toLowerCase() === 'localhost') return true
  if (isIP(host) !== 0) return isLoopbackAddress(host)
  try {
    return (await lookup(host, { all: true })).some(({ address }) => isLoopbackAddress(address))
  } catch {
    return false
  }
}

function isLoopbackAddress(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}
