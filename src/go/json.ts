/** encoding/json's way to write Go values. */
import { jsonFields, type JSONField } from './fields.ts'
import { formatFloat, isIntKind, isUintKind } from './number.ts'
import { elem, fieldValue, index, isNil, length, sortedEntries } from './reflect.ts'
import { compareStrings } from './strings.ts'
import { toJson } from './json-data.ts'
import { indent } from './scan.ts'
import { dynamic, value, type Method, type Type, type Value } from './types.ts'

export interface MarshalOptions {
  /** Write `<`, `>` and `&` as \u003c and so on: what json.Marshal does, and docker's `{{json}}` does not. */
  escapeHTML?: boolean
}

/** json.Marshal of a value, `undefined` being nil; throws an Error with Go's message for what JSON cannot hold. */
export function marshal(v: Value | undefined, { escapeHTML = true }: MarshalOptions = {}): string {
  return new Encoder(escapeHTML).encode(v)
}

/** json.MarshalIndent. */
export function marshalIndent(v: Value | undefined, prefix: string, step: string, options?: MarshalOptions): string {
  return indent(marshal(v, options), prefix, step)
}

class Encoder {
  private readonly escapeHTML: boolean

  constructor(escapeHTML: boolean) {
    this.escapeHTML = escapeHTML
  }

  encode(v: Value | undefined, quoted = false): string {
    if (!v) return 'null'
    const { type } = v
    if (type.marshal) return new Encoder(true).encode((type.marshal as (raw: unknown) => Value)(v.raw))
    if (type.text) return this.string(type.text.encode?.(v.raw as string) ?? (v.raw as string))
    const { kind } = type
    if (kind === 'string') return this.text(v, quoted)
    if (kind === 'bool' || isIntKind(kind) || isUintKind(kind)) return wrap(String(v.raw), quoted)
    switch (kind) {
      case 'float32':
      case 'float64':
        return wrap(float(v), quoted)
      case 'interface':
        return this.encode(dynamic(v.raw))
      case 'ptr':
        if (isNil(v)) return 'null'
        return type.elem?.view ? this.view(v) : this.encode(elem(v), quoted)
      case 'struct':
        return this.struct(v)
      case 'map':
        return this.map(v)
      case 'slice':
      case 'array':
        return this.list(v)
      default:
        throw new Error(`json: unsupported type: ${type.name}`)
    }
  }

  private string(s: string): string {
    return toJson(s, { escapeHTML: this.escapeHTML })
  }

  private text(v: Value, quoted: boolean): string {
    const raw = v.raw as string
    if (v.type.name === 'json.Number') return wrap(raw || '0', quoted)
    return quoted ? toJson(this.string(raw), { escapeHTML: false }) : this.string(raw)
  }

  private list(v: Value): string {
    if (isNil(v)) return 'null'
    if (v.type.kind === 'slice' && v.type.elem?.kind === 'uint8' && !v.type.elem.methods) {
      return `"${Buffer.from(v.raw as Uint8Array).toString('base64')}"`
    }
    return `[${Array.from({ length: length(v) }, (_, i) => this.encode(index(v, i))).join(',')}]`
  }

  private map(v: Value): string {
    if (isNil(v)) return 'null'
    const entries = sortedEntries(v).map((entry) => ({ name: keyText(entry.key, v.type), item: entry.value }))
    entries.sort((a, b) => compareStrings(a.name, b.name))
    return `{${entries.map(({ name, item }) => `${this.string(name)}:${this.encode(item)}`).join(',')}}`
  }

  private struct(v: Value): string {
    const parts: string[] = []
    for (const f of jsonFields(v.type)) {
      const at = follow(v, f)
      const last = f.path.at(-1)
      if (!at || (last?.omit === 'empty' && isEmpty(at)) || (last?.omit === 'zero' && isZero(at))) continue
      parts.push(`${this.string(f.name)}:${this.encode(at, last?.quoted)}`)
    }
    return `{${parts.join(',')}}`
  }

  /** What formatter.MarshalJSON of docker/cli does: every method without arguments, by name; always HTML-escaped. */
  private view(v: Value): string {
    const table = v.type.elem?.pointerMethods ?? {}
    const names = Object.keys(table)
      .filter((name) => {
        const method = table[name]
        return method && method.in.length === 0 && !method.fails && name !== 'FullHeader' && /^\p{Lu}/u.test(name)
      })
      .toSorted(compareStrings)
    const inner = new Encoder(true)
    const parts = names.map((name) => {
      const { call, marshal = call, out } = table[name] as Method
      return `${toJson(name)}:${inner.encode(value(out, (marshal as (receiver: unknown) => unknown)(v.raw)))}`
    })
    return `{${parts.join(',')}}`
  }
}

function wrap(text: string, quoted: boolean): string {
  return quoted ? `"${text}"` : text
}

function follow(v: Value, f: JSONField): Value | undefined {
  let at: Value | undefined = v
  for (const step of f.path) {
    if (at.type.kind === 'ptr') at = elem(at)
    if (!at) return undefined
    at = fieldValue(at, step)
  }
  return at
}

function float(v: Value): string {
  const n = v.raw as number
  const bits = v.type.kind === 'float32' ? 32 : 64
  if (!Number.isFinite(n)) throw new Error(`json: unsupported value: ${formatFloat(n, 'g', -1, bits)}`)
  const abs = Math.abs(n)
  const exponent = abs !== 0 && (abs < 1e-6 || abs >= 1e21)
  return formatFloat(n, exponent ? 'e' : 'f', -1, bits).replace(/e-0(\d)$/, 'e-$1')
}

function keyText(key: Value, type: Type): string {
  if (key.type.text) return key.type.text.encode?.(key.raw as string) ?? (key.raw as string)
  const { kind } = key.type
  if (kind === 'string' || isIntKind(kind) || isUintKind(kind)) return String(key.raw)
  throw new Error(`json: unsupported type: ${type.name}`)
}

function isEmpty(v: Value): boolean {
  switch (v.type.kind) {
    case 'string':
    case 'slice':
    case 'map':
    case 'array':
      return length(v) === 0
    case 'struct':
      return false
    case 'ptr':
    case 'interface':
      return isNil(v)
    default:
      return v.raw === false || v.raw === 0 || v.raw === 0n
  }
}

function isZero(v: Value): boolean {
  switch (v.type.kind) {
    case 'slice':
    case 'map':
      return isNil(v)
    case 'array':
      return Array.from({ length: length(v) }, (_, i) => index(v, i)).every(isZero)
    case 'struct':
      if (v.type.text) return v.raw === v.type.text.zero
      return (v.type.fields ?? []).every((f) => isZero(fieldValue(v, f)))
    default:
      return isEmpty(v)
  }
}
