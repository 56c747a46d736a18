import { dictionary } from '../go/dictionary.ts'
import { goType, isMap, type YamlMap, type YamlValue } from './values.ts'
import { Entries, sorted, type Written } from './written.ts'

/** How one kind of value is read from a file, and written again. */
export interface Kind<T> {
  /** Throws where the value is not of the kind; a fault of one inside it names its place. */
  read: (value: YamlValue) => T
  write: (value: T) => Written
  /** Whether a value is left out when written, and counts as not set. */
  isEmpty: (value: T) => boolean
  /** The value of two files of which the second goes before the first, if it has one. */
  merge: (base: T, override: T | undefined) => T
}

/** A property: its kind, and its name in messages, which is the reference's field. */
export interface Field<T> {
  kind: Kind<T>
  as?: string
}

type Fields<T> = { readonly [K in keyof T]-?: Kind<NonNullable<T[K]>> | Field<NonNullable<T[K]>> }

/** What could not be read, one line each. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'
  readonly faults: readonly { path: string; words: string }[]
  constructor(faults: readonly { path: string; words: string }[]) {
    super(faults.map(({ path, words }) => `'${path}' ${words}`).join('\n'))
    this.faults = faults
  }
}

/** A mapping of properties, in the order in which they are written; names in the file may be in another case (mapstructure). */
export function struct<T extends object>(fields: Fields<T>): Kind<T> {
  const list = Object.entries(fields as unknown as Record<string, Kind<unknown> | Field<unknown>>).map(
    ([key, field]) => {
      const { kind, as = goName(key) } = 'kind' in field ? field : { kind: field }
      return { key, kind, as }
    },
  )
  return {
    read: (value) => {
      if (!isMap(value)) throw new Error(`expected a map or struct, got ${goType(value)}`)
      return readAll(
        list.flatMap(({ key, kind, as }) => {
          const found = propertyOf(value, key)
          return found === null || found === undefined ? [] : [{ key, path: as, read: () => kind.read(found) }]
        }),
      ) as T
    },
    write: (value) => {
      const set = list.flatMap(({ key, kind }) => {
        const property = (value as Record<string, unknown>)[key]
        return property === undefined || kind.isEmpty(property) ? [] : [[key, kind.write(property)] as const]
      })
      return new Entries(set)
    },
    isEmpty: (value) =>
      list.every(({ key, kind }) => {
        const property = (value as Record<string, unknown>)[key]
        return property === undefined || kind.isEmpty(property)
      }),
    merge: (base, override) => mergeFields(list, base, override),
  }
}

/** A kind whose empty values count as set (a pointer of the reference's). */
export function set<T>(kind: Kind<T>): Kind<T> {
  return { ...kind, isEmpty: () => false }
}

/** A list, each item of one kind. */
export function list<T>(kind: Kind<T>): Kind<T[]> {
  return {
    read: (value) => {
      const items = Array.isArray(value) ? value : [value]
      return Object.values(
        readAll(items.map((item, index) => ({ key: String(index), path: `[${index}]`, read: () => kind.read(item) }))),
      ) as T[]
    },
    write: (value) => value.map(kind.write),
    isEmpty: (value) => value.length === 0,
    merge: (base, override) => [...base, ...(override ?? [])],
  }
}

/** A list in which, when merged, one item goes before another of the same key; it is then in the order of the keys. */
export function keyed<T>(kind: Kind<T[]>, keyOf: (item: T) => string | number): Kind<T[]> {
  return {
    ...kind,
    merge: (base, override) => {
      const byKey = new Map([...base, ...(override ?? [])].map((item) => [keyOf(item), item]))
      return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
    },
  }
}

/**
 * A mapping of names to values of one kind; `whenNull` stands for a name without a value, and `mergeItem` chooses where two files have
 * the same name.
 */
export function mapOf<T, N = never>(
  kind: Kind<T>,
  whenNull: () => T | N,
  mergeItem: (base: T | N, override: T | N) => T | N = (_, override) => override,
): Kind<Record<string, T | N>> {
  return {
    read: (value) => {
      if (!isMap(value)) throw new Error(`expected a map, got ${goType(value)}`)
      return readAll(
        Object.entries(value).map(([key, item]) => ({
          key,
          path: `[${key}]`,
          read: () => (item === null ? whenNull() : kind.read(item)),
        })),
      ) as Record<string, T | N>
    },
    write: (value) => {
      const entries = Object.entries(value)
      return sorted(entries.map(([key, item]) => [key, item === null ? null : kind.write(item as T)]))
    },
    isEmpty: (value) => Object.keys(value).length === 0,
    merge: (base, override = {}) => {
      const merged = dictionary(base)
      for (const [key, item] of Object.entries(override)) {
        merged[key] = key in base ? mergeItem(base[key]!, item) : item
      }
      return merged
    },
  }
}

/** A kind with a short form, which `expand` turns into the long one. */
export function short<T>(kind: Kind<T>, expand: (value: YamlValue) => YamlValue): Kind<T> {
  return { ...kind, read: (value) => kind.read(expand(value)) }
}

/** A property that only one file has is taken as it is. */
function mergeFields<T extends object>(
  fields: readonly { key: string; kind: Kind<unknown> }[],
  base: T,
  override: T | undefined,
): T {
  const result = dictionary<unknown>()
  for (const { key, kind } of fields) {
    const [first, second] = [base, override].map((part) => (part as Record<string, unknown> | undefined)?.[key])
    const merged = first === undefined ? second : kind.merge(first, second)
    if (merged !== undefined) result[key] = merged
  }
  return result as T
}

/** Reads them all before it throws, so that one message tells of every fault. */
function readAll(parts: { key: string; path: string; read: () => unknown }[]): Record<string, unknown> {
  const result = dictionary<unknown>()
  const faults: { path: string; words: string }[] = []
  for (const { key, path, read } of parts) {
    try {
      result[key] = read()
    } catch (error) {
      if (!(error instanceof DecodeError)) faults.push({ path, words: (error as Error).message })
      else for (const inner of error.faults) faults.push({ path: joined(path, inner.path), words: inner.words })
    }
  }
  if (faults.length > 0) throw new DecodeError(faults)
  return result
}

function joined(path: string, inner: string): string {
  return inner.startsWith('[') ? path + inner : `${path}.${inner}`
}

function propertyOf(map: YamlMap, name: string): YamlValue | undefined {
  if (name in map) return map[name]
  const other = Object.keys(map).find((key) => key.toLowerCase() === name)
  return other === undefined ? undefined : map[other]
}

/** The reference's fields have its Go names where the property's is one word, and the property's own else. */
function goName(key: string): string {
  return key.includes('_') ? key : key[0]!.toUpperCase() + key.slice(1)
}
