/** The part of fmt that prints one value with one verb. */
import { isIntKind, isUintKind } from './number.ts'
import { isExported } from './fields.ts'
import { elem, fieldValue, index, isNil, length, sortedEntries, stringer } from './reflect.ts'
import { quoteRune } from './quote.ts'
import { fromBytes, toBytes } from './strings.ts'
import { dynamic, type Type, type Value } from './types.ts'
import { Writer } from './writer.ts'

/** Where every pointer points, as far as can be seen: addresses are not values here. */
const address = 0xc000012345

export class Printer extends Writer {
  /** Inside `%!verb(...)`, where String methods are not asked. */
  erroring = false

  printArg(arg: Value | undefined, verb: string): void {
    if (!arg) {
      if (verb === 'T' || verb === 'v') this.pad('<nil>')
      else this.text += `%!${verb}(<nil>)`
    } else if (verb === 'T') this.string(arg.type.name)
    else if (verb === 'p') this.pointer(arg, verb)
    else this.printValue(arg, verb, 0, false)
  }

  /** `sealed` values come from unexported fields: their methods cannot be called. */
  printValue(v: Value, verb: string, depth: number, sealed: boolean): void {
    if (!sealed && this.viaMethod(v, verb)) return
    const { kind } = v.type
    if (kind === 'bool') this.bool(v, verb)
    else if (isIntKind(kind) || isUintKind(kind)) this.integer(v, verb)
    else if (kind === 'float32' || kind === 'float64') this.float(v, v.raw as number, verb)
    else if (kind === 'complex128') this.complex(v, verb)
    else if (kind === 'string') this.stringValue(v, v.raw as string, verb)
    else if (kind === 'map') this.map(v, verb, depth, sealed)
    else if (kind === 'struct') this.struct(v, verb, depth, sealed)
    else if (kind === 'interface') this.interface(v, verb, depth, sealed)
    else if (kind === 'slice' || kind === 'array') this.list(v, verb, depth, sealed)
    else if (kind === 'ptr' && depth === 0 && !isNil(v) && isComposite(v.type.elem as Type)) {
      this.text += '&'
      this.printValue(elem(v) as Value, verb, depth + 1, sealed)
    } else this.pointer(v, verb)
  }

  viaMethod(v: Value, verb: string): boolean {
    if (this.erroring || v.type.kind === 'interface') return false
    // Bytes are the one list that fmt prints without asking for methods.
    if (verb === 'w' && v.type.name !== '[]uint8') {
      this.bad(v, verb)
      return true
    }
    if (this.flags.sharpV || !'vsxXq'.includes(verb)) return false
    const text = stringer(v)
    if (!text) return false
    if (isNil(v) && v.type.kind === 'ptr') this.text += '<nil>'
    else this.stringValue(v, text(), verb)
    return true
  }

  bad(v: Value, verb: string): void {
    this.erroring = true
    this.text += `%!${verb}(${v.type.name}=`
    this.printValue(v, 'v', 0, true)
    this.text += ')'
    this.erroring = false
  }

  bool(v: Value, verb: string): void {
    if (verb === 't' || verb === 'v') this.pad(String(v.raw))
    else this.bad(v, verb)
  }

  integer(v: Value, verb: string): void {
    const n = v.raw as number | bigint
    switch (verb) {
      case 'v':
        if (this.flags.sharpV && isUintKind(v.type.kind)) this.hex(n, true)
        else this.digits(n, 10, verb)
        break
      case 'd':
        this.digits(n, 10, verb)
        break
      case 'b':
        this.digits(n, 2, verb)
        break
      case 'o':
      case 'O':
        this.digits(n, 8, verb)
        break
      case 'x':
      case 'X':
        this.digits(n, 16, verb)
        break
      case 'c':
        this.pad(String.fromCodePoint(rune(n)))
        break
      case 'q':
        this.pad(quoteRune(rune(n), this.flags.plus))
        break
      case 'U':
        this.unicode(n)
        break
      default:
        this.bad(v, verb)
    }
  }

  float(v: Value, n: number, verb: string): void {
    const bits = v.type.kind === 'float32' ? 32 : 64
    if (verb === 'v') this.floatText(n, 'g', -1, bits)
    else if ('bgGxX'.includes(verb)) this.floatText(n, verb, -1, bits)
    else if ('feEF'.includes(verb)) this.floatText(n, verb === 'F' ? 'f' : verb, 6, bits)
    else this.bad(v, verb)
  }

  complex(v: Value, verb: string): void {
    const [real, imaginary] = v.raw as [number, number]
    if (!'vbgGxXfFeE'.includes(verb)) {
      this.bad(v, verb)
      return
    }
    const { plus } = this.flags
    this.text += '('
    this.float(v, real, verb)
    this.flags.plus = true
    this.float(v, imaginary, verb)
    this.flags.plus = plus
    this.text += 'i)'
  }

  stringValue(v: Value, s: string, verb: string): void {
    if (verb === 's' || (verb === 'v' && !this.flags.sharpV)) this.string(s)
    else if (verb === 'x' || verb === 'X') this.hexBytes(toBytes(s), verb)
    else if (verb === 'q' || verb === 'v') this.quoted(s)
    else this.bad(v, verb)
  }

  map(v: Value, verb: string, depth: number, sealed: boolean): void {
    const { sharpV } = this.flags
    this.text += sharpV ? v.type.name : 'map['
    if (sharpV && isNil(v)) {
      this.text += '(nil)'
      return
    }
    if (sharpV) this.text += '{'
    for (const [i, entry] of sortedEntries(v).entries()) {
      if (i > 0) this.text += sharpV ? ', ' : ' '
      this.printValue(entry.key, verb, depth + 1, sealed)
      this.text += ':'
      this.printValue(entry.value, verb, depth + 1, sealed)
    }
    this.text += sharpV ? '}' : ']'
  }

  struct(v: Value, verb: string, depth: number, sealed: boolean): void {
    const { sharpV, plusV } = this.flags
    this.text += sharpV ? `${v.type.name}{` : '{'
    for (const [i, f] of (v.type.fields ?? []).entries()) {
      if (i > 0) this.text += sharpV ? ', ' : ' '
      if (plusV || sharpV) this.text += `${f.name}:`
      const at = fieldValue(v, f)
      const inner = at.type.kind === 'interface' ? (dynamic(at.raw) ?? at) : at
      this.printValue(inner, verb, depth + 1, sealed || !isExported(f.name))
    }
    this.text += '}'
  }

  interface(v: Value, verb: string, depth: number, sealed: boolean): void {
    const inner = dynamic(v.raw)
    if (inner) this.printValue(inner, verb, depth + 1, sealed)
    else this.text += this.flags.sharpV ? `${v.type.name}(nil)` : '<nil>'
  }

  list(v: Value, verb: string, depth: number, sealed: boolean): void {
    const { sharpV } = this.flags
    if (v.type.elem?.kind === 'uint8' && 'sqxX'.includes(verb)) {
      const bytes = Uint8Array.from((v.raw ?? []) as Iterable<number>)
      if (verb === 's') this.string(fromBytes(bytes))
      else if (verb === 'q') this.quoted(fromBytes(bytes))
      else this.hexBytes(bytes, verb)
      return
    }
    const name = depth === 0 && v.type.name === '[]uint8' ? '[]byte' : v.type.name
    this.text += sharpV ? name : '['
    if (sharpV && isNil(v)) {
      this.text += '(nil)'
      return
    }
    if (sharpV) this.text += '{'
    for (let i = 0; i < length(v); i++) {
      if (i > 0) this.text += sharpV ? ', ' : ' '
      this.printValue(index(v, i), verb, depth + 1, sealed)
    }
    this.text += sharpV ? '}' : ']'
  }

  pointer(v: Value, verb: string): void {
    if (!['ptr', 'slice', 'map', 'func'].includes(v.type.kind)) {
      this.bad(v, verb)
      return
    }
    const at = isNil(v) ? 0 : address
    if (verb === 'v' && this.flags.sharpV) {
      this.text += `(${v.type.name})(`
      if (at === 0) this.text += 'nil'
      else this.hex(at, true)
      this.text += ')'
    } else if (verb === 'v' && at === 0) this.pad('<nil>')
    else if (verb === 'v' || verb === 'p') this.hex(at, !this.flags.sharp)
    else if (verb === 'x' || verb === 'X') this.digits(at, 16, verb)
    else if ('bod'.includes(verb)) this.digits(at, verb === 'b' ? 2 : verb === 'o' ? 8 : 10, verb)
    else this.bad(v, verb)
  }
}

function isComposite(type: Type): boolean {
  return ['array', 'slice', 'struct', 'map'].includes(type.kind)
}

function rune(n: number | bigint): number {
  const valid = n >= 0 && n <= 0x10ffff && !(n >= 0xd800 && n <= 0xdfff)
  return valid ? Number(n) : 0xfffd
}
