import { cut } from './cut.ts'
import { trimSpace } from './space.ts'

/** Values by filter name, each once. */
export type Filters = Readonly<Record<string, readonly string[]>>

/** Takes one `--filter name=value`; an empty text is no filter (docker/cli opts FilterOpt). */
export function parseFilter(text: string): { name: string; value: string } | undefined {
  if (text === '') return undefined
  const { before, after, found } = cut(text, '=')
  if (!found) throw new Error('bad format of filter (expected name=value)')
  return { name: trimSpace(before).toLowerCase(), value: trimSpace(after) }
}

/** Gives `filters` with one more value for `name`. */
export function addFilter(filters: Filters, name: string, value: string): Filters {
  const values = Object.hasOwn(filters, name) ? (filters[name] ?? []) : []
  if (values.includes(value)) return filters
  return { ...filters, [name]: [...values, value] }
}
