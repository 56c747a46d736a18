/** Arguments and calls of template functions and methods (evalCall, evalArg and validateType in text/template/exec.go). */
import { isIntKind, isUintKind, toInt } from '../../go/number.ts'
import { assignable, elem } from '../../go/reflect.ts'
import {
  bool,
  complex128,
  dynamic,
  float64,
  inferred,
  int,
  isValue,
  ptr,
  reflectValue,
  str,
  value,
  zero,
  type Type,
  type Value,
} from '../../go/types.ts'
import type { TemplateFunction } from './function.ts'
import { print, type Node, type NumberNode, type Operand } from './node.ts'
import { missing, truth, type Evaluator, type Final } from './value.ts'

type Dot = Value | undefined

/** Calls a function with the arguments of a command (the first is the function itself) and what the pipe brings. */
export function callFunction(
  state: Evaluator,
  dot: Dot,
  fn: TemplateFunction,
  node: Node,
  name: string,
  all: readonly Operand[] | undefined,
  final: Final,
): Dot {
  const args = all?.slice(1) ?? []
  checkCount(state, fn, name, args.length, final)
  if (fn.shortCircuit) return shortCircuit(state, dot, fn, args, final)
  const argv: Dot[] = args.map((arg, i) => evalArg(state, dot, parameter(fn, i), arg))
  if (final !== missing) argv.push(validate(state, final, parameter(fn, argv.length)))
  const raw = argv.map((arg, i) => toRaw(arg, parameter(fn, i)))
  if (fn.caller) raw.unshift(args[0] ? print(args[0]) : goString(final))
  let result: unknown
  try {
    result = (fn.call as (...rest: unknown[]) => unknown)(...raw)
  } catch (error) {
    if (error instanceof RangeError && /call stack/i.test(error.message)) throw error
    state.at(node)
    return state.fail(`error calling ${name}: ${(error as Error).message}`)
  }
  return isOpaque(fn.out) ? fromAny(result, fn.out) : value(fn.out, result)
}

function checkCount(state: Evaluator, fn: TemplateFunction, name: string, given: number, final: Final): void {
  const count = given + (final === missing ? 0 : 1)
  const wanted = fn.in.length
  if (fn.variadic) {
    if (count < wanted - 1) state.fail(`wrong number of args for ${name}: want at least ${wanted - 1} got ${given}`)
  } else if (count !== wanted) state.fail(`wrong number of args for ${name}: want ${wanted} got ${count}`)
}

function parameter(fn: TemplateFunction, i: number): Type {
  return (fn.in[i] ?? fn.in.at(-1)) as Type
}

function isOpaque(type: Type): boolean {
  return type.kind === 'interface' || type === reflectValue
}

function toRaw(arg: Dot, type: Type): unknown {
  if (type === reflectValue) return arg
  if (type.kind === 'interface') return arg && (arg.type.kind === 'interface' ? dynamic(arg.raw) : arg)
  return arg?.raw
}

function fromAny(result: unknown, type: Type): Dot {
  if (type === reflectValue) return result as Dot
  if (type === inferred) return dynamic(result)
  return isValue(result) ? value(type, result) : value(type, result ?? null)
}

function shortCircuit(state: Evaluator, dot: Dot, fn: TemplateFunction, args: readonly Operand[], final: Final): Dot {
  let result: Dot
  for (const arg of args) {
    result = evalArg(state, dot, reflectValue, arg)
    if (truth(result?.type.kind === 'interface' ? dynamic(result.raw) : result) === (fn.shortCircuit === 'or'))
      return result
  }
  return final === missing ? result : final
}

/** How Go names a `call`ed value that came through the pipe: `reflect.Value.String()`. */
function goString(v: Final): string {
  if (v === missing || !v) return '<invalid Value>'
  return v.type.kind === 'string' ? (v.raw as string) : `<${v.type.name} Value>`
}

/** The value of a constant where nothing says its type: its spelling does. */
export function idealConstant(state: Evaluator, node: NumberNode): Value {
  state.at(node)
  const { text } = node
  if (node.complex) return value(complex128, node.complex)
  const hexInt = /^0[xX]/.test(text) && !/[pP]/.test(text)
  if (node.float !== undefined && !hexInt && !text.startsWith("'") && /[.eEpP]/.test(text))
    return value(float64, node.float)
  if (node.int !== undefined) return value(int, toInt(node.int))
  return state.fail(`${text} overflows int`)
}

/** The value of an argument for a parameter of this type (evalArg); without a type, whatever it is. */
export function evalArg(state: Evaluator, dot: Dot, type: Type | undefined, node: Operand): Dot {
  state.at(node)
  switch (node.type) {
    case 'dot':
      return validate(state, dot, type)
    case 'nil':
      if (type && canBeNil(type)) return type === reflectValue ? undefined : value(type, zero(type))
      return state.fail(`cannot assign nil to ${type?.name ?? '<nil>'}`)
    case 'field':
      return validate(state, state.fieldNode(dot, node, node.idents, [node], missing), type)
    case 'variable':
      return validate(state, state.variable(dot, node, undefined, missing), type)
    case 'pipe':
      return validate(state, state.pipeline(dot, node), type)
    case 'identifier':
      return validate(state, state.function(dot, node, node.name, node, undefined, missing), type)
    case 'chain':
      return validate(state, state.chain(dot, node, undefined, missing), type)
    default:
      return literal(state, type, node)
  }
}

type Literal = Extract<Operand, { type: 'bool' | 'string' | 'number' }>

function literal(state: Evaluator, type: Type | undefined, node: Literal): Value {
  if (!type || isOpaque(type)) {
    if (node.type === 'number') return idealConstant(state, node)
    return node.type === 'bool' ? value(bool, node.value) : value(str, node.text)
  }
  const { kind } = type
  const expected = (what: string): never => state.fail(`expected ${what}; found ${print(node)}`)
  if (kind === 'bool') return node.type === 'bool' ? value(type, node.value) : expected('bool')
  if (kind === 'string') return node.type === 'string' ? value(type, node.text) : expected('string')
  const number = node.type === 'number' ? node : undefined
  if (isIntKind(kind)) return number?.int !== undefined ? value(type, toInt(number.int)) : expected('integer')
  if (isUintKind(kind))
    return number?.uint !== undefined ? value(type, toInt(number.uint)) : expected('unsigned integer')
  if (kind === 'float32' || kind === 'float64') {
    return number?.float !== undefined ? value(type, number.float) : expected('float')
  }
  return state.fail(`can't handle ${print(node)} for arg of type ${type.name}`)
}

function canBeNil(type: Type): boolean {
  return ['func', 'interface', 'map', 'ptr', 'slice'].includes(type.kind) || type === reflectValue
}

/** Makes sure that the value can be passed as this type (validateType). */
function validate(state: Evaluator, v: Dot, type: Type | undefined): Dot {
  if (!type || type === reflectValue) return v
  if (!v) return canBeNil(type) ? value(type, zero(type)) : state.fail(`invalid value; expected ${type.name}`)
  if (assignable(v.type, type)) return v
  let at = v
  if (at.type.kind === 'interface') {
    const inner = dynamic(at.raw)
    if (inner) {
      at = inner
      if (assignable(at.type, type)) return at
    }
  }
  if (at.type.kind === 'ptr' && assignable(at.type.elem as Type, type)) {
    return elem(at) ?? state.fail(`dereference of nil pointer of type ${type.name}`)
  }
  if (at.addr && assignable(ptr(at.type), type)) return value(type, at.raw)
  return state.fail(`wrong type for value; expected ${type.name}; got ${at.type.name}`)
}
