/** Which fields of a struct encoding/json sees, and how they are found: embedding, shadowing, letter case. */
import type { Field, Type } from './types.ts'

export interface JSONField {
  name: string
  /** Through embedded structs to the field itself, which is the last. */
  path: Field[]
}

const cache = new WeakMap<Type, JSONField[]>()

/** The fields in the order in which they are written. */
export function jsonFields(type: Type): JSONField[] {
  let fields = cache.get(type)
  if (!fields) {
    fields = collect(type)
    cache.set(type, fields)
  }
  return fields
}

/** The field for an object key: by its exact name, else by its name in another letter case. */
export function fieldForKey(type: Type, key: string): JSONField | undefined {
  const fields = jsonFields(type)
  return fields.find((f) => f.name === key) ?? fields.find((f) => fold(f.name) === fold(key))
}

/** A key as encoding/json compares it, whatever its letter case: K and S have a further form each outside ASCII. */
export function fold(name: string): string {
  return name.toUpperCase().replaceAll('\u212A', 'K').replaceAll('\u017F', 'S')
}

function collect(type: Type): JSONField[] {
  const own = type.fields ?? []
  if (!own.some(isFlat)) return explore(type, [], new Set())
  const all = explore(type, [], new Set())
  const byName = groupByName(all)
  return all.filter((f) => dominant(byName.get(f.name) as JSONField[]) === f)
}

function groupByName(all: JSONField[]): Map<string, JSONField[]> {
  const groups = new Map<string, JSONField[]>()
  for (const f of all) groups.set(f.name, [...(groups.get(f.name) ?? []), f])
  return groups
}

function explore(type: Type, path: Field[], above: Set<Type>): JSONField[] {
  if (above.has(type)) return []
  return (type.fields ?? []).flatMap((f) => {
    const here = [...path, f]
    if (isFlat(f)) {
      return explore(f.type.kind === 'ptr' ? (f.type.elem as Type) : f.type, here, new Set([...above, type]))
    }
    return isJson(f) ? [{ name: f.json, path: here }] : []
  })
}

/** Of several fields of one name: the one least deep, and among those the one named by a tag; `undefined` if that leaves two. */
function dominant(fields: JSONField[]): JSONField | undefined {
  const depth = Math.min(...fields.map((f) => f.path.length))
  const shallow = fields.filter((f) => f.path.length === depth)
  if (shallow.length === 1) return shallow[0]
  const tagged = shallow.filter((f) => f.path.at(-1)?.name !== f.name)
  return tagged.length === 1 ? tagged[0] : undefined
}

/** Whether a field is an embedded struct, whose own fields stand among the outer one's in JSON. */
export function isFlat(f: Field): boolean {
  return f.embedded === true && f.json === ''
}

/** Whether a field that is not embedded stands in JSON. */
export function isJson({ name, json }: Field): boolean {
  return json !== '-' && isExported(name)
}

/** Whether the name is exported: only then templates and JSON see the field. */
export function isExported(name: string): boolean {
  const code = name.charCodeAt(0)
  // A regular expression of Unicode's takes its time to compile.
  if (code < 0x80) return code >= 0x41 && code <= 0x5a
  return /^\p{Lu}/u.test(name)
}
