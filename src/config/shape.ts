import { dictionary } from '../go/dictionary.ts'

/** What a JSON value must be: text, true or false, anything, a list or an object of these, each with its type's name in Go. */
export interface Shape {
  readonly type: string
  readonly items?: Shape
  /** A struct: its fields by name. */
  readonly fields?: Readonly<Record<string, Shape>>
  readonly list?: true
}

/** Text. */
export const text: Shape = { type: 'string' }
/** True or false. */
export const flag: Shape = { type: 'bool' }
/** Any value, taken as it is. */
export const anything: Shape = { type: 'interface {}' }
/** An object of any values. */
export const objects: Shape = { type: 'map[string]interface {}', items: anything }
/** Values of one shape by name. */
export const values = (type: string, items: Shape): Shape => ({ type, items })
/** A list of texts. */
export const texts: Shape = { type: '[]string', items: text, list: true }
/** Texts by name. */
export const map: Shape = { type: 'map[string]string', items: text }
/** A struct of texts. */
export const struct = (type: string, names: readonly string[]): Shape => ({
  type,
  fields: Object.fromEntries(names.map((name) => [name, text])),
})

/**
 * What `value` holds of `shape`, names taken in any case. Values of another type are left out and the first of them is
 * `problem`, with the message of Go's encoding/json; so is a name that is unknown where `unknownField` has a message for it.
 */
export function decodeShape(
  value: unknown,
  shape: Shape,
  unknownField?: (name: string) => string,
): { decoded: unknown; problem?: string } {
  const decoder = new Decoder(unknownField)
  const decoded = decoder.decode(value, shape, { root: true, struct: '', path: [] })
  return decoder.problem === undefined ? { decoded } : { decoded, problem: decoder.problem }
}

interface Place {
  readonly root?: boolean
  /** The innermost struct's name and the fields that lead to the value, map keys left out. */
  readonly struct: string
  readonly path: readonly string[]
}

class Decoder {
  problem: string | undefined
  private readonly unknownField: ((name: string) => string) | undefined

  constructor(unknownField: ((name: string) => string) | undefined) {
    this.unknownField = unknownField
  }

  decode(value: unknown, shape: Shape, place: Place): unknown {
    if (shape === anything) return value
    if (value === null || value === undefined) return undefined
    if (shape.fields === undefined && shape.items === undefined) {
      return typeof value === (shape === flag ? 'boolean' : 'string') ? value : this.mismatch(value, shape, place)
    }
    if (shape.list === true) {
      if (!Array.isArray(value)) return this.mismatch(value, shape, place)
      return value.map((item) => this.decode(item, shape.items ?? text, place) ?? '')
    }
    if (typeof value !== 'object' || Array.isArray(value)) return this.mismatch(value, shape, place)
    return shape.fields === undefined ? this.map(value, shape.items ?? text, place) : this.struct(value, shape, place)
  }

  private map(value: object, items: Shape, place: Place): Record<string, unknown> {
    const empty = items === anything ? null : items.type === 'string' ? '' : {}
    const decoded = dictionary<unknown>()
    for (const [key, item] of Object.entries(value)) decoded[key] = this.decode(item, items, place) ?? empty
    return decoded
  }

  private struct(value: object, shape: Shape, place: Place): Record<string, unknown> {
    const decoded = dictionary<unknown>()
    const name = shape.type.slice(shape.type.indexOf('.') + 1)
    for (const [key, item] of Object.entries(value)) {
      const known = fieldName(shape, key)
      const field = known === undefined ? undefined : shape.fields?.[known]
      if (known === undefined || field === undefined) {
        this.problem ??= this.unknownField?.(key)
        continue
      }
      const found = this.decode(item, field, { struct: name, path: [...place.path, known] })
      if (found !== undefined) decoded[known] = found
    }
    return decoded
  }

  private mismatch(value: unknown, shape: Shape, place: Place): undefined {
    const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
    const where = place.root === true ? 'Go value' : `Go struct field ${place.struct}.${place.path.join('.')}`
    this.problem ??= `json: cannot unmarshal ${kind} into ${where} of type ${shape.type}`
  }
}

/** The name of the field that `key` stands for, whose case does not matter; undefined for one the struct lacks. */
export function fieldName({ fields = {} }: Shape, key: string): string | undefined {
  if (Object.hasOwn(fields, key)) return key
  const folded = key.toLowerCase()
  return Object.keys(fields).find((name) => name.toLowerCase() === folded)
}
