/** eq, ne, lt, le, gt and ge (text/template/funcs.go). Each throws an Error with Go's message for values it cannot compare. */
import { isIntKind, isUintKind } from '../../go/number.ts'
import { sprintf } from '../../go/print.ts'
import { comparable, concrete, equal, isNil } from '../../go/reflect.ts'
import { compareStrings } from '../../go/strings.ts'
import type { Value } from '../../go/types.ts'

type Arg = Value | undefined
type Basic = 'bool' | 'complex' | 'int' | 'float' | 'string' | 'uint' | undefined

function basicKind(v: Arg): Basic {
  const kind = v?.type.kind ?? ''
  if (kind === 'bool' || kind === 'string') return kind
  if (isIntKind(kind)) return 'int'
  if (isUintKind(kind)) return 'uint'
  if (kind === 'float32' || kind === 'float64') return 'float'
  return kind === 'complex128' ? 'complex' : undefined
}

/** Whether the first argument equals one of the others. */
export function eq(first: Arg, ...others: Arg[]): boolean {
  const a = concrete(first)
  if (others.length === 0) throw new Error('missing argument for comparison')
  return others.some((other) => eq2(a, concrete(other)))
}

function eq2(a: Arg, b: Arg): boolean {
  const kind = basicKind(a)
  if (kind !== basicKind(b)) {
    if (isInteger(kind) && isInteger(basicKind(b))) return BigInt(raw(a)) === BigInt(raw(b))
    if (a && b) throw incompatible(a, b)
    return false
  }
  if (kind === 'complex') return String(a?.raw) === String(b?.raw)
  if (kind) return a?.raw === b?.raw
  if (a && b && a.type.kind !== b.type.kind) {
    const types = [a.type.name, b.type.name].map((name) => ` ${name}`)
    throw new Error(`non-comparable types ${sprintf('%s', [a])}:${types[0]},${types[1]}: ${sprintf('%v', [b])}`)
  }
  if (nil(a) || nil(b)) return nil(a) === nil(b)
  if (!comparable((b as Value).type)) {
    throw new Error(`non-comparable type ${sprintf('%s', [b])}: ${(b as Value).type.name}`)
  }
  return equal(a, b)
}

function isInteger(kind: Basic): boolean {
  return kind === 'int' || kind === 'uint'
}

function raw(v: Arg): number | bigint {
  return v?.raw as number | bigint
}

function nil(v: Arg): boolean {
  return !v || isNil(v)
}

function incompatible(a: Value, b: Value): Error {
  return new Error(`incompatible types for comparison: ${a.type.name} and ${b.type.name}`)
}

export function ne(a: Arg, b: Arg): boolean {
  return !eq(a, b)
}

export function lt(first: Arg, second: Arg): boolean {
  const [a, b] = [concrete(first), concrete(second)]
  const [kind, other] = [basicKind(a), basicKind(b)]
  if (!a || !b || !kind || !other) throw new Error('invalid type for comparison')
  if (kind !== other) {
    if (!isInteger(kind) || !isInteger(other)) throw incompatible(a, b)
    return raw(a) < raw(b)
  }
  if (kind === 'bool' || kind === 'complex') throw new Error('invalid type for comparison')
  return kind === 'string' ? compareStrings(a.raw as string, b.raw as string) < 0 : raw(a) < raw(b)
}

export function le(a: Arg, b: Arg): boolean {
  return lt(a, b) || eq(a, b)
}

export function gt(a: Arg, b: Arg): boolean {
  return !le(a, b)
}

export function ge(a: Arg, b: Arg): boolean {
  return !lt(a, b)
}
