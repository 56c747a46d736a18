/** What a daemon says of itself in the headers of its answer to a ping. */
export interface PingInfo {
  /** The daemon's newest API version; empty where it does not say. */
  apiVersion: string
  /** `linux` or `windows`; empty where the daemon does not say. */
  osType: string
  /** Whether it runs with experimental features. */
  experimental: boolean
  /** `1` classic, `2` BuildKit, empty where the daemon does not say. */
  builderVersion: string
  /** Its part in a swarm: `active`, `pending` and so on, and whether it is a manager; missing where it does not say. */
  swarm?: { nodeState: string; controlAvailable: boolean }
}

/** Reads those headers, by their names in small letters; what is missing is empty or false. */
export function pingInfo(headers: Record<string, string>): PingInfo {
  const [nodeState = '', role] = (headers['swarm'] ?? '').split('/', 2)
  return {
    apiVersion: headers['api-version'] ?? '',
    osType: headers['ostype'] ?? '',
    experimental: headers['docker-experimental'] === 'true',
    builderVersion: headers['builder-version'] ?? '',
    ...(nodeState === '' ? {} : { swarm: { nodeState, controlAvailable: role === 'manager' } }),
  }
}
