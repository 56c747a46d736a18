import { compareStrings } from '../../../go/strings.ts'
import { cut } from '../../../parse/cut.ts'
import { toMap } from '../../../parse/key-value.ts'
import type { Ulimit } from '../../../parse/ulimit.ts'
import { anyGiven } from './given.ts'
import type { Container } from './spec.ts'

type StringMap = Record<string, string> | null | undefined

/** Gives labels or sysctls without the keys removed, then with those added, `KEY=VALUE`: adding wins. */
export function updateMap(
  before: StringMap,
  add: readonly string[] | undefined,
  remove: readonly string[] = [],
): StringMap {
  const kept = before && Object.fromEntries(Object.entries(before).filter(([key]) => !remove.includes(key)))
  return add === undefined ? kept : Object.fromEntries([...Object.entries(kept ?? {}), ...Object.entries(toMap(add))])
}

/** The keys of `KEY[=VALUE]`. */
export function keysOf(pairs: readonly string[] = []): string[] {
  return pairs.map((pair) => cut(pair, '=').before)
}

/** Gives environment variables without the names removed, and with those added in the place of others of their name: adding wins. */
export function updateEnv(
  before: Container['Env'],
  add: readonly string[] = [],
  remove: readonly string[] = [],
): string[] {
  const kept = (before ?? []).filter((variable) => !remove.includes(nameOf(variable)))
  if (add.length === 0) return kept
  return [...new Map([...kept, ...add].map((variable) => [nameOf(variable), variable])).values()]
}

/**
 * Gives the variables of a new service, the last value of a name counting; a name without a value does not count as one
 * (docker/cli service/opts.go makeEnv).
 */
export function toEnv(variables: readonly string[]): string[] {
  let env: string[] = []
  for (const variable of variables) {
    if (env.includes(variable)) continue
    const prefix = `${nameOf(variable)}=`
    env = [...env.filter((other) => !other.startsWith(prefix)), variable]
  }
  return env
}

/** Gives groups with those added and without those removed, sorted: removing wins. */
export function updateGroups(
  before: Container['Groups'],
  add: readonly string[] | undefined,
  remove: readonly string[] | undefined,
): Container['Groups'] {
  if (!anyGiven(add, remove)) return before
  return [...(before ?? []), ...(add ?? [])].filter((group) => !remove?.includes(group)).toSorted(compareStrings)
}

/** Gives ulimits without the names removed, then with those added in the place of others of their name, sorted by name. */
export function updateUlimits(
  before: Container['Ulimits'],
  add: readonly Ulimit[] = [],
  remove: readonly string[] = [],
): Ulimit[] {
  const kept = (before ?? []).filter(({ Name }) => !remove.includes(Name))
  const byName = new Map([...kept, ...add].map((limit) => [limit.Name, limit]))
  return [...byName.values()].toSorted((a, b) => compareStrings(a.Name, b.Name))
}

function nameOf(variable: string): string {
  return cut(variable, '=').before
}
