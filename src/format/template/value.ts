/** What the parts of the evaluator share: its face, and what counts as true and how values print. */
import { findMethod, indirect, isNil, length, stringer } from '../../go/reflect.ts'
import { ptr, str, value, type Value } from '../../go/types.ts'
import type { ChainNode, Node, Operand, PipeNode, VariableNode } from './node.ts'

/** No argument came through the pipe. */
export const missing: unique symbol = Symbol('missing')
export type Final = Value | undefined | typeof missing

type Dot = Value | undefined
type Args = readonly Operand[] | undefined

/** What evaluating an argument needs of the evaluator. */
export interface Evaluator {
  at(node: Node): void
  fail(message: string): never
  pipeline(dot: Dot, pipe: PipeNode): Dot
  fieldNode(dot: Dot, node: Node, idents: readonly string[], args: Args, final: Final): Dot
  chain(dot: Dot, node: ChainNode, args: Args, final: Final): Dot
  variable(dot: Dot, node: VariableNode, args: Args, final: Final): Dot
  function(dot: Dot, node: Node, called: string, command: Node, args: Args, final: Final): Dot
}

/** Whether a value counts as true: not the zero value of its type; structs always do. */
export function truth(v: Value | undefined): boolean {
  if (!v) return false
  switch (v.type.kind) {
    case 'bool':
      return v.raw === true
    case 'string':
    case 'array':
    case 'map':
    case 'slice':
      return length(v) > 0
    case 'struct':
      return true
    case 'ptr':
    case 'interface':
    case 'func':
      return !isNil(v)
    case 'complex128':
      return (v.raw as number[]).some((part) => part !== 0)
    default:
      return v.raw !== 0 && v.raw !== 0n
  }
}

/** What fmt is given for a value that is printed: pointers followed, `<no value>` for none. */
export function printable(v: Value | undefined): Value | undefined {
  const shown = v?.type.kind === 'ptr' ? indirect(v).value : v
  if (!shown) return value(str, '<no value>')
  const byPointer = shown.addr && !stringer(shown) && (findMethod(shown, 'String') ?? findMethod(shown, 'Error'))
  return byPointer ? value(ptr(shown.type), shown.raw) : shown
}
