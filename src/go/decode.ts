/** encoding/json's way to read JSON text into Go values. */
import { fieldForKey, isFlat, type JSONField } from './fields.ts'
import { fits, isIntKind, isUintKind, toInt } from './number.ts'
import { keyOf, shortName } from './reflect.ts'
import { quote } from './quote.ts'
import { checkSyntax } from './json-syntax.ts'
import { tokens, type JSONToken } from './scan.ts'
import {
  any,
  anyMap,
  anySlice,
  bool,
  float64,
  named,
  method,
  str,
  value,
  zero,
  type Type,
  type Value,
} from './types.ts'
import { dictionary } from './dictionary.ts'

/** A number literal kept as it was written. */
const jsonNumber: Type = named('json.Number', str, { String: method(str, (n: string) => n) })

export interface DecodeOptions {
  /** Numbers in `any` become json.Number instead of float64. */
  useNumber?: boolean
  /** Maps become plain objects, as JSON.parse makes them, instead of Maps. */
  plainMaps?: boolean
}

/**
 * json.Unmarshal of text into a new value of this type: names match whatever their letter case, unknown ones are
 * dropped. Throws an Error with Go's message for text that is not JSON (JSONSyntaxError) or does not fit.
 */
export function decode(type: Type, text: string, options: DecodeOptions = {}): Value {
  checkSyntax(text)
  const decoder = new Decoder(text, options)
  const raw = whole(() => decoder.decode(type))
  if (decoder.problem) throw decoder.problem
  return value(type, raw)
}

/** json.Unmarshal of text into an interface{}: maps, slices and numbers of no further type; `undefined` for null. */
export function decodeAny(text: string, options: DecodeOptions = {}): Value | undefined {
  checkSyntax(text)
  const decoder = new Decoder(text, options)
  const found = whole(() => decoder.decode(any)) as Value | null
  if (decoder.problem) throw decoder.problem
  return found ?? undefined
}

// Go's stack grows with the text, and ours does not: what is nested a few thousand deep is not decoded here.
function whole<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof RangeError ? new Error('JSON nests too deep to be shown', { cause: error }) : error
  }
}

class Decoder {
  /** The first value that did not fit: the rest is read all the same. */
  problem: Error | undefined
  private readonly source: Generator<JSONToken>
  private readonly useNumber: boolean
  private readonly plainMaps: boolean
  private token: string
  private struct = ''
  private path: string[] = []

  constructor(text: string, { useNumber = false, plainMaps = false }: DecodeOptions) {
    this.source = tokens(text)
    this.useNumber = useNumber
    this.plainMaps = plainMaps
    this.token = this.read()
  }

  private read(): string {
    const next = this.source.next()
    return next.done ? '' : next.value.text
  }

  private take(): string {
    const { token } = this
    this.token = this.read()
    return token
  }

  decode(type: Type): unknown {
    const first = this.token[0]
    if (first === 'n') {
      this.take()
      return nullFor(type)
    }
    if (type.kind === 'ptr' && !type.text) return this.decode(type.elem as Type)
    if (first === '{') return this.object(type)
    if (first === '[') return this.array(type)
    if (first === '"') return this.string(type)
    if (first === 't' || first === 'f') return this.bool(type)
    return this.number(type)
  }

  private object(type: Type): unknown {
    if (type.kind === 'interface') return value(anyMap, this.entries(str, any))
    if (type.kind === 'map' && isKey(type.key as Type)) {
      const entries = this.entries(type.key as Type, type.elem as Type)
      return this.plainMaps ? Object.fromEntries(entries) : entries
    }
    if (type.kind !== 'struct' || type.text) return this.mismatch('object', type)
    return this.fields(type)
  }

  private mismatch(what: string, type: Type): unknown {
    this.report(what, type)
    this.decode(any)
    return zero(type)
  }

  private members(each: (key: string) => void): void {
    this.take()
    while (this.token !== '}') {
      const key = unquoteJSON(this.take())
      this.take()
      each(key)
      if (this.token === ',') this.take()
    }
    this.take()
  }

  private entries(keyType: Type, elemType: Type): Map<unknown, unknown> {
    const out = new Map<unknown, unknown>()
    this.members((key) => {
      const raw = this.decode(elemType)
      const name = this.key(key, keyType)
      if (name !== undefined) out.set(name, raw)
    })
    return out
  }

  private key(text: string, type: Type): unknown {
    if (type.text) return this.fromText(text, type)
    if (type.kind === 'string') return text
    const n = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined
    if (n !== undefined && fits(n, type.kind)) return toInt(n)
    this.report(`number ${text}`, type)
    return undefined
  }

  private fields(type: Type): Record<string, unknown> {
    const out = dictionary<unknown>()
    const { struct } = this
    const depth = this.path.length
    this.members((key) => {
      const found = fieldForKey(type, key)
      if (!found) {
        this.decode(any)
        return
      }
      this.struct = shortName(type)
      this.path.push(...found.path.slice(0, -1).map((f) => f.name), found.name)
      this.field(out, found)
      this.path.length = depth
      this.struct = struct
    })
    return out
  }

  private field(out: Record<string, unknown>, found: JSONField): void {
    const last = found.path.at(-1)
    if (!last) return
    const isNull = this.token === 'null'
    const raw = last.quoted ? this.quotedField(last.type) : this.decode(last.type)
    // null leaves what is no pointer, map, slice or interface as it was.
    if (isNull && !['ptr', 'map', 'slice', 'interface'].includes(last.type.kind)) return
    if (!isFlat(last)) out[keyOf(last)] = raw
  }

  private quotedField(type: Type): unknown {
    const target = type.kind === 'ptr' ? (type.elem as Type) : type
    const token = this.take()
    if (token === 'null') return nullFor(type)
    if (!token.startsWith('"')) {
      this.problem ??= new Error(
        `json: invalid use of ,string struct tag, trying to unmarshal unquoted value into ${type.name}`,
      )
      return zero(type)
    }
    const content = unquoteJSON(token)
    if (!/^(?:-?\d|".*"$|true$|false$|null$)/.test(content)) {
      this.problem ??= new Error(
        `json: invalid use of ,string struct tag, trying to unmarshal ${quote(content)} into ${target.name}`,
      )
      return zero(type)
    }
    const inner = new Decoder(content, { useNumber: this.useNumber })
    const raw = inner.decode(target)
    this.problem ??= inner.problem
    return raw
  }

  private array(type: Type): unknown {
    if (type.kind === 'interface') return value(anySlice, this.items(any))
    if (type.kind === 'slice') {
      const items = this.items(type.elem as Type)
      return type.elem?.kind === 'uint8' ? Uint8Array.from(items as number[]) : items
    }
    if (type.kind !== 'array') return this.mismatch('array', type)
    const items = this.items(type.elem as Type)
    return Array.from({ length: type.length ?? 0 }, (_, i) => (i < items.length ? items[i] : zero(type.elem as Type)))
  }

  private items(type: Type): unknown[] {
    const out: unknown[] = []
    this.take()
    while (this.token !== ']') {
      out.push(this.decode(type))
      if (this.token === ',') this.take()
    }
    this.take()
    return out
  }

  private string(type: Type): unknown {
    const text = unquoteJSON(this.take())
    if (type.text) return this.fromText(text, type)
    if (type.kind === 'string') return text
    if (type.kind === 'interface') return value(str, text)
    if (type.kind === 'slice' && type.elem?.kind === 'uint8') return new Uint8Array(Buffer.from(text, 'base64'))
    this.report('string', type)
    return zero(type)
  }

  private fromText(text: string, type: Type): unknown {
    try {
      return type.text?.decode?.(text) ?? text
    } catch (error) {
      this.problem ??= error as Error
      return type.text?.zero
    }
  }

  private bool(type: Type): unknown {
    const raw = this.take() === 'true'
    if (type.kind === 'bool') return raw
    if (type.kind === 'interface') return value(bool, raw)
    this.report('bool', type)
    return zero(type)
  }

  private number(type: Type): unknown {
    const text = this.take()
    const { kind } = type
    if (type.name === jsonNumber.name) return text
    if (kind === 'interface') return this.useNumber ? value(jsonNumber, text) : this.anyNumber(text)
    if (isIntKind(kind) || isUintKind(kind)) {
      const n = /^-?\d+$/.test(text) ? BigInt(text) : undefined
      if (n !== undefined && fits(n, kind) && !(text.startsWith('-') && isUintKind(kind))) return toInt(n)
      this.report(`number ${text}`, type)
      return 0
    }
    if (kind === 'float32' || kind === 'float64') {
      const n = kind === 'float32' ? Math.fround(Number(text)) : Number(text)
      if (Number.isFinite(n)) return n
      this.report(`number ${text}`, type)
      return 0
    }
    this.report('number', type)
    return zero(type)
  }

  private anyNumber(text: string): Value | null {
    const n = Number(text)
    if (Number.isFinite(n)) return value(float64, n)
    this.report(`number ${text}`, float64)
    return null
  }

  private report(what: string, type: Type): void {
    if (type.text?.onlyText) this.problem ??= new Error(type.text.onlyText)
    const into = this.struct ? `Go struct field ${this.struct}.${this.path.join('.')}` : 'Go value'
    this.problem ??= new Error(`json: cannot unmarshal ${what} into ${into} of type ${type.name}`)
  }
}

function nullFor(type: Type): unknown {
  return zero(type)
}

function isKey(type: Type): boolean {
  return type.kind === 'string' || isIntKind(type.kind) || isUintKind(type.kind) || type.text !== undefined
}

/** The text of a JSON string literal; halves of surrogate pairs become U+FFFD. */
function unquoteJSON(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  return (JSON.parse(literal) as string).toWellFormed()
}
