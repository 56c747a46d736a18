import { toJson } from '../go/json-data.ts'

/** Query parameters by name. What is undefined is left out; a list becomes one parameter for each of its elements. */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>

/** Values by filter name, as `--filter name=value` collects them. */
export type Filters = Record<string, readonly string[]>

/** A request's escaped path: `base` and `path` joined and cleaned as Go's path.Join does, escaped as net/url does. */
export function apiPath(base: string, path: string): string {
  return escapePath(cleanPath(`${base}/${path}`))
}

/** A query in the form of Go's url.Values.Encode: sorted by name, `+` for a space. */
export function encodeQuery(query: Query): string {
  const parts: string[] = []
  for (const name of Object.keys(query).toSorted(byCodePoint)) {
    const value = query[name]
    if (value === undefined) continue
    const values = Array.isArray(value) ? (value as readonly string[]) : [String(value)]
    for (const each of values) parts.push(`${escapeQuery(name)}=${escapeQuery(each)}`)
  }
  return parts.join('&')
}

/** The `filters` parameter: a JSON object of value sets, or undefined (not sent) for no filter at all. */
export function encodeFilters(filters: Filters | undefined): string | undefined {
  if (filters === undefined) return undefined
  const names = Object.keys(filters).toSorted(byCodePoint)
  if (names.length === 0) return undefined
  const members = names.map((name) => {
    const values = [...new Set(filters[name])].toSorted(byCodePoint)
    return `${toJson(name)}:{${values.map((value) => `${toJson(value)}:true`).join(',')}}`
  })
  return `{${members.join(',')}}`
}

/** The parameter of an on-off option: `1` or not sent. */
export function flag(on: boolean | undefined): '1' | undefined {
  return on === true ? '1' : undefined
}

/** An object's name or ID, trimmed; throws when nothing is left, since the path would name another endpoint. */
export function objectId(kind: string, value: string): string {
  const id = value.trim()
  if (id === '') throw new Error(`invalid ${kind} name or ID: value is empty`)
  return id
}

function cleanPath(path: string): string {
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') out.pop()
    else out.push(part)
  }
  return `/${out.join('/')}`
}

// encodeURI throws on a lone surrogate. encodeURIComponent leaves !'()* alone, Go does not; Go leaves $&+,/:;=@ alone in a path.
function escapePath(path: string): string {
  return encodeURI(path.toWellFormed()).replace(/[!'()*?#]/g, percent)
}

function escapeQuery(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, percent)
    .replaceAll('%20', '+')
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
