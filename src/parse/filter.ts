import { cut } from './cut.ts'
import { trimSpace } from './space.ts'

/** Filters as the engine takes them, `{"name":{"value":true}}`. */
export type Filters = Record<string, Record<string, true>>

/** Takes one `--filter name=value`; an empty text is no filter (docker/cli opts FilterOpt). */
export function parseFilter(text: string): { name: string; value: string } | undefined {
  if (text === '') return undefined
  const { before, after, found } = cut(text, '=')
  if (!found) throw new Error('bad format of filter (expected name=value)')
  return { name: trimSpace(before).toLowerCase(), value: trimSpace(after) }
}

/** Gathers filters by name, each value once. */
export function toFilters(filters: Iterable<{ name: string; value: string }>): Filters {
  const gathered = new Map<string, Map<string, true>>()
  for (const { name, value } of filters) gathered.set(name, (gathered.get(name) ?? new Map()).set(value, true))
  return Object.fromEntries([...gathered].map(([name, values]) => [name, Object.fromEntries(values)]))
}
