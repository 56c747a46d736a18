/** The functions that every template has (text/template/funcs.go). */
import { isIntKind, isUintKind, toInt, fits } from '../../go/number.ts'
import { sprint, sprintf, sprintln } from '../../go/print.ts'
import { assignable, concrete, index as indexOf, indirect, length, mapIndex } from '../../go/reflect.ts'
import { sliceBytes } from '../../go/strings.ts'
import {
  any,
  bool,
  int,
  reflectValue,
  slice,
  str,
  value,
  zero,
  type Signature,
  type Type,
  type Value,
} from '../../go/types.ts'
import { eq, ge, gt, le, lt, ne } from './compare.ts'
import { htmlEscape, jsEscape, queryEscape } from './escape.ts'
import type { Functions, TemplateFunction } from './function.ts'
import { printable, truth } from './value.ts'

type Arg = Value | undefined

/** Functions of reflect values, as most of the builtins are. */
function reflecting(out: Type, call: (...args: never[]) => unknown, count: number, variadic = false): TemplateFunction {
  return { in: Array.from({ length: count }, () => reflectValue), out, variadic, call }
}

function printing(call: (args: Arg[]) => string): TemplateFunction {
  return { in: [any], variadic: true, out: str, call: (...args: Arg[]) => call(args) }
}

const unreachable = (): never => {
  throw new Error('unreachable')
}

export const builtins: Functions = {
  and: { ...reflecting(reflectValue, unreachable, 2, true), shortCircuit: 'and' },
  or: { ...reflecting(reflectValue, unreachable, 2, true), shortCircuit: 'or' },
  not: reflecting(bool, (v: Arg) => !truth(concrete(v)), 1),
  call: { ...reflecting(reflectValue, callValue, 2, true), caller: true },
  html: printing((args) => htmlEscape(texts(args))),
  js: printing((args) => jsEscape(texts(args))),
  urlquery: printing((args) => queryEscape(texts(args))),
  index: reflecting(reflectValue, index, 2, true),
  slice: reflecting(reflectValue, sliceOf, 2, true),
  len: reflecting(int, len, 1),
  print: printing(sprint),
  println: printing(sprintln),
  printf: {
    in: [str, any],
    variadic: true,
    out: str,
    call: (format: string, ...args: Arg[]) => sprintf(format, args),
  },
  eq: reflecting(bool, eq, 2, true),
  ne: reflecting(bool, ne, 2),
  lt: reflecting(bool, lt, 2),
  le: reflecting(bool, le, 2),
  gt: reflecting(bool, gt, 2),
  ge: reflecting(bool, ge, 2),
}

function texts(args: Arg[]): string {
  return sprint(args.map(printable))
}

/** `x[1][2]`, maps included; a missing map key gives the zero value. */
function index(first: Arg, ...keys: Arg[]): Arg {
  let item = concrete(first)
  if (!item) throw new Error('index of untyped nil')
  for (const key of keys) {
    const found = indirect(item)
    if (found.nil) throw new Error('index of nil pointer')
    item = indexOnce(found.value, concrete(key))
  }
  return item
}

function indexOnce(item: Value, key: Arg): Value {
  const { kind } = item.type
  if (kind === 'array' || kind === 'slice' || kind === 'string') {
    const i = indexArg(key, length(item))
    // As Go does: its check allows i == len, which then panics.
    if (i >= length(item)) throw new Error(outOfRange(item, i))
    return indexOf(item, i)
  }
  if (kind !== 'map') throw new Error(`can't index item of type ${item.type.name}`)
  const type = item.type.elem as Type
  return mapIndex(item, prepare(key, item.type.key as Type)) ?? value(type, zero(type))
}

function outOfRange({ type: { kind } }: Value, i: number): string {
  return kind === 'slice' || kind === 'string'
    ? `reflect: ${kind} index out of range`
    : `reflect: ${kind} index out of range [${i}]`.replace(/ \[.*/, '')
}

function indexArg(key: Arg, cap: number): number {
  if (!key) throw new Error('cannot index slice/array with nil')
  const { kind, name } = key.type
  if (!isIntKind(kind) && !isUintKind(kind)) throw new Error(`cannot index slice/array with type ${name}`)
  const n = BigInt.asIntN(64, BigInt(key.raw as number | bigint))
  if (n < 0n || n > BigInt(cap)) throw new Error(`index out of range: ${n}`)
  return Number(n)
}

/** The raw form of an argument of this type (prepareArg): integers convert, others must fit as they are. */
function prepare(v: Arg, type: Type): unknown {
  if (!v) {
    if (!['func', 'interface', 'map', 'ptr', 'slice'].includes(type.kind)) {
      throw new Error(`value is nil; should be of type ${type.name}`)
    }
    return zero(type)
  }
  if (assignable(v.type, type)) return type.kind === 'interface' ? v : v.raw
  const integers = [v.type.kind, type.kind].every((kind) => isIntKind(kind) || isUintKind(kind))
  if (!integers) throw new Error(`value has type ${v.type.name}; should be ${type.name}`)
  const n = BigInt(v.raw as number | bigint)
  return toInt(fits(n, type.kind) ? n : wrapTo(n, type.kind))
}

function wrapTo(n: bigint, kind: string): bigint {
  const bits = Number(/\d+$/.exec(kind)?.[0] ?? 64)
  return kind.startsWith('u') ? BigInt.asUintN(bits, n) : BigInt.asIntN(bits, n)
}

/** `x[1:2]` of a string, slice or array. */
function sliceOf(first: Arg, ...keys: Arg[]): Value {
  const start = concrete(first)
  if (!start) throw new Error('slice of untyped nil')
  const { value: item, nil } = indirect(start)
  if (nil) throw new Error('slice of nil pointer')
  if (keys.length > 3) throw new Error(`too many slice indexes: ${keys.length}`)
  const { kind, name } = item.type
  if (kind === 'string' && keys.length === 3) throw new Error('cannot 3-index slice a string')
  if (kind !== 'string' && kind !== 'array' && kind !== 'slice') throw new Error(`can't slice item of type ${name}`)
  const cap = length(item)
  const at = [0, cap, cap]
  for (const [i, key] of keys.entries()) at[i] = indexArg(key, cap)
  const [from = 0, to = 0, max = 0] = at
  if (from > to) throw new Error(`invalid slice index: ${from} > ${to}`)
  if (keys.length === 3 && to > max) throw new Error(`invalid slice index: ${to} > ${max}`)
  if (kind === 'string') return value(item.type, sliceBytes(item.raw as string, from, to))
  if (kind === 'array' && !item.addr) throw new Error('reflect.Value.Slice: slice of unaddressable array')
  const type = kind === 'array' ? slice(item.type.elem as Type) : item.type
  return value(type, item.raw === null ? null : (item.raw as unknown[]).slice(from, to))
}

function len(v: Arg): number {
  const found = v && indirect(v)
  if (found?.nil) throw new Error('len of nil pointer')
  const item = found?.value
  if (!item) throw new Error('reflect: call of reflect.Value.Type on zero Value')
  if (!['array', 'map', 'slice', 'string'].includes(item.type.kind)) throw new Error(`len of type ${item.type.name}`)
  return length(item)
}

/** `call .Func arg ...`; `name` is how the template wrote the function. */
function callValue(name: string, fn: Arg, ...args: Arg[]): Arg {
  const target = concrete(fn)
  if (!target) throw new Error('call of nil')
  const signature: Signature | undefined = target.type.func
  if (!signature) throw new Error(`non-function ${name} of type ${target.type.name}`)
  const fixed = signature.in.length - (signature.variadic ? 1 : 0)
  if (signature.variadic ? args.length < fixed : args.length !== fixed) {
    const wanted = signature.variadic ? `at least ${fixed}` : String(fixed)
    throw new Error(`wrong number of args for ${name}: got ${args.length} want ${wanted}`)
  }
  const raw = args.map((arg, i) => {
    try {
      return prepare(concrete(arg), signature.in[Math.min(i, signature.in.length - 1)] as Type)
    } catch (error) {
      throw new Error(`arg ${i}: ${(error as Error).message}`, { cause: error })
    }
  })
  return value(signature.out, (target.raw as (...rest: unknown[]) => unknown)(...raw))
}
