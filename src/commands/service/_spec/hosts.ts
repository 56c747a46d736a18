import { trimSpace } from '../../../parse/space.ts'
import { cut } from '../../../parse/cut.ts'
import { anyGiven } from './given.ts'
import type { UpdateOptions } from './update-flags.ts'

/** Turns mappings `name:ip` into the swarm's entries, `ip name`. */
export function toHosts(mappings: readonly string[]): string[] {
  return mappings.map((mapping) => cut(mapping, ':')).map(({ before: name, after: ip }) => `${ip} ${name}`)
}

/**
 * Gives the entries after the options, in their order, for of several of a name the first counts. A name is removed from every entry,
 * or from those of the IP that is given with it; an entry goes with its last name.
 */
export function updateHosts(
  before: string[] | null | undefined,
  { hostAdd, hostRm }: Pick<UpdateOptions, 'hostAdd' | 'hostRm'>,
): string[] | null | undefined {
  if (!anyGiven(hostAdd, hostRm)) return before
  const removed = (hostRm ?? []).map((text) => cut(text, ':')).map(({ before: name, after: ip }) => ({ name, ip }))
  const kept = (before ?? []).flatMap((entry) => {
    const [ip = '', ...names] = trimSpace(entry).split(/\s+/)
    const left = names.filter(
      (name) => !removed.some((host) => host.name === name && (host.ip === '' || host.ip === ip)),
    )
    return left.length === 0 ? [] : [`${ip} ${left.join(' ')}`]
  })
  return [...new Set([...kept, ...toHosts(hostAdd ?? [])])]
}
