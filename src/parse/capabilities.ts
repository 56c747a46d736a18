import { trimSpace } from './space.ts'

/** Gives a capability's full name, `CAP_NET_ADMIN` for ` net_admin`; `ALL` and `RESET` stay (docker/cli opts NormalizeCapability). */
export function normalizeCapability(text: string): string {
  const name = trimSpace(text).toUpperCase()
  return name === 'ALL' || name === 'RESET' || name.startsWith('CAP_') ? name : `CAP_${name}`
}

/** Gives what a service's lists to add and to drop come to: sorted, no duplicates, adding before dropping, `ALL` before the rest (docker/cli opts EffectiveCapAddCapDrop). */
export function effectiveCapabilities(add: string[], drop: string[]): { add: string[]; drop: string[] } {
  const adding = collect(add)
  const dropping = [...collect(drop)].filter((name) => !adding.has(name))
  return { add: listed(adding), drop: listed(dropping) }
}

/** Gives a container's list as the engine's client sends it: full names, sorted, once each (moby/client normalizeCapabilities). */
export function requestedCapabilities(names: string[]): string[] {
  const full = names
    .map((name) => name.toUpperCase())
    .map((name) => (name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`))
  return [...new Set(full)].toSorted()
}

function collect(names: string[]): Set<string> {
  const full = new Set(names.map(normalizeCapability))
  return full.has('ALL') ? new Set(['ALL']) : full
}

function listed(names: Iterable<string>): string[] {
  return [...names].filter((name) => name !== 'RESET').toSorted()
}
