/** What Go's reflect package does with values: look inside them. The zero `reflect.Value` is `undefined`. */
import { isFlat } from './fields.ts'
import { byteLength, compareStrings, toBytes } from './strings.ts'
import { dynamic, int, uint8, value, type Field, type Method, type Type, type Value } from './types.ts'

/** `v.Elem()` of a pointer or interface; `undefined` when it is nil. */
export function elem(v: Value): Value | undefined {
  if (v.type.kind === 'interface') return dynamic(v.raw)
  return isNil(v) ? undefined : value(v.type.elem as Type, v.raw, true)
}

/** Follows pointers and interfaces to the end; `nil` when one of them is, and then the value is that one. */
export function indirect(v: Value): { value: Value; nil: boolean } {
  let at = v
  while (at.type.kind === 'ptr' || at.type.kind === 'interface') {
    const next = elem(at)
    if (!next) return { value: at, nil: true }
    at = next
  }
  return { value: at, nil: false }
}

/** The concrete value in an interface value. */
export function concrete(v: Value | undefined): Value | undefined {
  return v?.type.kind === 'interface' ? dynamic(v.raw) : v
}

export function isNil(v: Value): boolean {
  switch (v.type.kind) {
    case 'interface':
      return dynamic(v.raw) === undefined
    case 'ptr':
    case 'slice':
    case 'map':
    case 'func':
      return v.raw === null || v.raw === undefined
    default:
      return false
  }
}

/** `len(v)` of a string, slice, array or map. */
export function length(v: Value): number {
  if (v.type.kind === 'string') return byteLength(v.raw as string)
  if (v.raw === null) return 0
  if (v.type.kind === 'map') return v.raw instanceof Map ? v.raw.size : Object.keys(v.raw as object).length
  return (v.raw as ArrayLike<unknown>).length
}

export function index(v: Value, i: number): Value {
  if (v.type.kind === 'string') return value(uint8, toBytes(v.raw as string)[i])
  return value(v.type.elem as Type, (v.raw as ArrayLike<unknown>)[i], v.type.kind === 'slice' || v.addr)
}

/** `v[key]` of a map, `undefined` when it has no such key. */
export function mapIndex(v: Value, key: unknown): Value | undefined {
  if (v.raw === null) return undefined
  const wanted = v.type.key?.kind === 'interface' ? dynamic(key)?.raw : key
  if (v.raw instanceof Map) return v.raw.has(wanted) ? value(v.type.elem as Type, v.raw.get(wanted)) : undefined
  const name = String(wanted)
  return Object.hasOwn(v.raw as object, name)
    ? value(v.type.elem as Type, (v.raw as Record<string, unknown>)[name])
    : undefined
}

/** A map's entries in the order in which fmt prints and templates range over them (internal/fmtsort). */
export function sortedEntries(v: Value): { key: Value; value: Value }[] {
  if (v.raw === null) return []
  const entries = v.raw instanceof Map ? [...v.raw] : Object.entries(v.raw as object)
  const numeric = !['string', 'struct', 'interface', 'array'].includes(v.type.key?.kind ?? '')
  return entries
    .map(([key, raw]) => ({
      key: value(v.type.key as Type, numeric && typeof key === 'string' ? Number(key) : key),
      value: value(v.type.elem as Type, raw),
    }))
    .toSorted((a, b) => compare(a.key, b.key))
}

function compare(a: Value, b: Value): number {
  if (a.type.text?.compare) return a.type.text.compare(a.raw as string, b.raw as string)
  if (a.type.kind === 'interface') {
    const [x, y] = [dynamic(a.raw), dynamic(b.raw)]
    if (!x || !y) return x ? 1 : y ? -1 : 0
    return x.type.name === y.type.name ? compare(x, y) : -1
  }
  if (a.type.kind === 'struct' && !a.type.text) {
    for (const [i, f] of (a.type.fields ?? []).entries()) {
      const c = compare(fieldValue(a, f), fieldValue(b, (b.type.fields ?? [])[i] ?? f))
      if (c !== 0) return c
    }
    return 0
  }
  if (typeof a.raw === 'string') return compareStrings(a.raw, b.raw as string)
  const [x, y] = [a.raw as number, b.raw as number]
  return x < y ? -1 : x > y ? 1 : 0
}

/** A struct's own field. A flat embedded struct has the same raw object as the struct it is in. */
export function fieldValue(v: Value, f: Field): Value {
  if (!isFlat(f)) return value(f.type, (v.raw as Record<string, unknown>)[keyOf(f)], v.addr)
  if (f.type.kind !== 'ptr') return value(f.type, v.raw, v.addr)
  return value(f.type, hasAny(v.raw as object, f.type.elem as Type) ? v.raw : null, v.addr)
}

/** The property of a struct's raw object in which this field is. */
export function keyOf(f: Field): string {
  return f.json === '-' ? f.name : f.json
}

function hasAny(raw: object, type: Type): boolean {
  return (type.fields ?? []).some((f) =>
    isFlat(f) ? hasAny(raw, f.type.kind === 'ptr' ? (f.type.elem as Type) : f.type) : Object.hasOwn(raw, keyOf(f)),
  )
}

/** The path to a field by name through embedded structs, the shallowest first (`reflect.Type.FieldByName`). */
export function findField(type: Type, name: string): Field[] | undefined {
  let level: { type: Type; path: Field[] }[] = [{ type, path: [] }]
  while (level.length > 0) {
    const found = level.flatMap((at) => {
      const f = (at.type.fields ?? []).find((candidate) => candidate.name === name)
      return f ? [[...at.path, f]] : []
    })
    if (found.length > 0) return found.length === 1 ? found[0] : undefined
    level = level.flatMap((at) => embeddedOf(at.type).map((f) => ({ type: structOf(f.type), path: [...at.path, f] })))
  }
  return undefined
}

function embeddedOf(type: Type): Field[] {
  return (type.fields ?? []).filter((f) => f.embedded)
}

function structOf(type: Type): Type {
  return type.kind === 'ptr' ? (type.elem as Type) : type
}

/** A method and the raw receiver to call it with. */
export interface BoundMethod {
  method: Method
  receiver: unknown
}

/** A method of the value by name, its own or one of an embedded struct; pointer methods when it is a pointer or addressable. */
export function findMethod(v: Value, name: string): BoundMethod | undefined {
  const pointer = v.type.kind === 'ptr'
  const type = pointer ? (v.type.elem as Type) : v.type
  const own = get(type.methods, name) ?? (pointer || v.addr ? get(type.pointerMethods, name) : undefined)
  if (own) return { method: own, receiver: v.raw }
  if (type.kind !== 'struct' || v.raw === null) return undefined
  const outer = pointer ? value(type, v.raw, true) : v
  for (const f of embeddedOf(type)) {
    const found = findMethod(fieldValue(outer, f), name)
    if (found) return found
  }
  return undefined
}

function get<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined
}

/** The text of an error or fmt.Stringer, `undefined` when the type is neither. */
export function stringer(v: Value): (() => string) | undefined {
  for (const name of ['Error', 'String']) {
    const found = findMethod(v.addr ? value(v.type, v.raw) : v, name)
    if (found && found.method.in.length === 0 && found.method.out.kind === 'string') return () => callText(found)
  }
  return undefined
}

function callText({ method, receiver }: BoundMethod): string {
  return String((method.call as (r: unknown) => unknown)(receiver))
}

function sameType(a: Type, b: Type): boolean {
  return a === b || a.name === b.name
}

/** Whether a value of type `from` can be assigned to `to` without conversion (the language's assignability). */
export function assignable(from: Type, to: Type): boolean {
  if (sameType(from, to)) return true
  if (to.kind === 'interface') return true
  if (from.kind !== to.kind || (from.named && to.named)) return false
  if (from.kind === 'slice' || from.kind === 'ptr') return sameType(from.elem as Type, to.elem as Type)
  if (from.kind === 'map')
    return sameType(from.elem as Type, to.elem as Type) && sameType(from.key as Type, to.key as Type)
  return false
}

/** Whether Go can compare values of this type with ==. */
export function comparable(type: Type): boolean {
  if (type.kind === 'slice' || type.kind === 'map' || type.kind === 'func') return false
  if (type.kind === 'array') return comparable(type.elem as Type)
  if (type.kind === 'struct' && !type.text) return (type.fields ?? []).every((f) => comparable(f.type))
  return true
}

/** == of two values of comparable types, as interfaces compare: type first. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (!a || !b) return a === b
  if (!sameType(a.type, b.type)) return false
  switch (a.type.kind) {
    case 'interface':
      return equal(dynamic(a.raw), dynamic(b.raw))
    case 'struct':
      if (a.type.text) return a.raw === b.raw
      return (a.type.fields ?? []).every((f) => equal(fieldValue(a, f), fieldValue(b, f)))
    case 'array':
      return (a.raw as unknown[]).every((_, i) => equal(index(a, i), index(b, i)))
    case 'complex128':
      return String(a.raw) === String(b.raw)
    default:
      return a.raw === b.raw
  }
}

export const intValue = (n: number): Value => value(int, n)

/** A type's name without its package. */
export function shortName(type: Type): string {
  return type.name.slice(type.name.lastIndexOf('.') + 1)
}
