/**
 * Pipelines, commands, fields and variables of a running template (the eval functions of text/template/exec.go). One file, long
 * as it is: they are mutually recursive.
 */
import { isExported } from '../../go/fields.ts'
import {
  shortName,
  type BoundMethod,
  assignable,
  elem,
  fieldValue,
  findField,
  findMethod,
  indirect,
  mapIndex,
} from '../../go/reflect.ts'
import { quote } from '../../go/quote.ts'
import { bool, dynamic, str, value, zero, type Type, type Value } from '../../go/types.ts'
import { callFunction, evalArg, idealConstant } from './call.ts'
import { TemplateError } from './errors.ts'
import type { TemplateFunction } from './function.ts'
import {
  print,
  type ChainNode,
  type CommandNode,
  type Node,
  type Operand,
  type PipeNode,
  type Tree,
  type VariableNode,
} from './node.ts'
import { missing, type Evaluator, type Final } from './value.ts'

export interface Program {
  trees: ReadonlyMap<string, Tree>
  functions(name: string): TemplateFunction | undefined
  /** What a missing map key is: no value, or an error. */
  missingKey: 'invalid' | 'zero' | 'error'
  /** Makes of an action's text what is written of it; nothing else than the text unless given. */
  shown?: ((text: string, pipe: PipeNode) => string) | undefined
}

export interface Output {
  text: string
  /** Where the innermost template was when the stack ran out. */
  deepest: { evaluation: Evaluation; node: Node } | undefined
}

/** The state of one template while it runs: its variables and where it is. */
export class Evaluation implements Evaluator {
  protected readonly program: Program
  protected readonly out: Output
  protected readonly depth: number
  protected readonly vars: { name: string; value: Value | undefined }[]
  private readonly tree: Tree
  /** What is being evaluated, for errors. */
  private node: Node | undefined

  constructor(program: Program, tree: Tree, out: Output, dot: Value | undefined, depth: number) {
    this.program = program
    this.tree = tree
    this.out = out
    this.depth = depth
    this.vars = [{ name: '$', value: dot }]
  }

  at(node: Node): void {
    this.node = node
  }

  /** Ends the execution with this message at the current node. */
  fail(message: string): never {
    throw new TemplateError(this.located(message), this.out.text)
  }

  located(message: string, node: Node | undefined = this.node): string {
    const { name, text, parseName } = this.tree
    if (!node) return `template: ${name}: ${message}`
    const lines = text.slice(0, node.pos).split('\n')
    const column = Buffer.byteLength(lines.at(-1) as string)
    return `template: ${parseName}:${lines.length}:${column}: executing ${quote(name)} at <${print(node)}>: ${message}`
  }

  /** The value of a pipeline; its variable, if it declares one, is pushed. */
  pipeline(dot: Value | undefined, pipe: PipeNode): Value | undefined {
    this.at(pipe)
    let result: Final = missing
    for (const command of pipe.commands) result = unwrap(this.command(dot, command, result))
    const final = result === missing ? undefined : result
    for (const variable of pipe.decl) {
      if (pipe.assign) this.setVar(variableName(variable), final)
      else this.vars.push({ name: variableName(variable), value: final })
    }
    return final
  }

  private command(dot: Value | undefined, command: CommandNode, final: Final): Value | undefined {
    const { args } = command
    const first = args[0] as Operand
    switch (first.type) {
      case 'field':
        return this.fieldNode(dot, first, first.idents, args, final)
      case 'chain':
        return this.chain(dot, first, args, final)
      case 'identifier':
        return this.function(dot, first, first.name, command, args, final)
      case 'pipe':
        this.notAFunction(args, final)
        return this.pipeline(dot, first)
      case 'variable':
        return this.variable(dot, first, args, final)
      default:
    }
    this.at(first)
    this.notAFunction(args, final)
    switch (first.type) {
      case 'bool':
        return value(bool, first.value)
      case 'dot':
        return dot
      case 'nil':
        return this.fail('nil is not a command')
      case 'number':
        return idealConstant(this, first)
      case 'string':
        return value(str, first.text)
    }
  }

  private notAFunction(args: readonly Operand[], final: Final): void {
    if (args.length > 1 || final !== missing) {
      this.fail(`can't give argument to non-function ${print(args[0] as Operand)}`)
    }
  }

  fieldNode(
    dot: Value | undefined,
    node: Node,
    idents: readonly string[],
    args: readonly Operand[] | undefined,
    final: Final,
  ): Value | undefined {
    this.at(node)
    return this.fieldChain(dot, dot, node, idents, args, final)
  }

  chain(
    dot: Value | undefined,
    node: ChainNode,
    args: readonly Operand[] | undefined,
    final: Final,
  ): Value | undefined {
    this.at(node)
    if (node.node.type === 'nil') this.fail(`indirection through explicit nil in ${print(node)}`)
    const receiver = evalArg(this, dot, undefined, node.node)
    return this.fieldChain(dot, receiver, node, node.fields, args, final)
  }

  variable(
    dot: Value | undefined,
    node: VariableNode,
    args: readonly Operand[] | undefined,
    final: Final,
  ): Value | undefined {
    this.at(node)
    const found = this.varValue(variableName(node))
    if (node.idents.length === 1) {
      this.notAFunction(args ?? [node], final)
      return found
    }
    return this.fieldChain(dot, found, node, node.idents.slice(1), args, final)
  }

  private fieldChain(
    dot: Value | undefined,
    receiver: Value | undefined,
    node: Node,
    idents: readonly string[],
    args: readonly Operand[] | undefined,
    final: Final,
  ): Value | undefined {
    let at = receiver
    for (const ident of idents.slice(0, -1)) at = this.field(dot, ident, node, undefined, missing, at)
    return this.field(dot, idents.at(-1) as string, node, args, final, at)
  }

  function(
    dot: Value | undefined,
    node: Node,
    called: string,
    command: Node,
    args: readonly Operand[] | undefined,
    final: Final,
  ): Value | undefined {
    this.at(node)
    const fn = this.program.functions(called)
    if (!fn) return this.fail(`${quote(called)} is not a defined function`)
    return callFunction(this, dot, fn, command, called, args, final)
  }

  /** `.Field` or `.Method arg ...` of a value (evalField). */
  private field(
    dot: Value | undefined,
    ident: string,
    node: Node,
    args: readonly Operand[] | undefined,
    final: Final,
    on: Value | undefined,
  ): Value | undefined {
    if (!on) {
      if (this.program.missingKey === 'error') this.fail(`nil data; no entry for key ${quote(ident)}`)
      return undefined
    }
    const type = on.type.name
    const { value: receiver, nil } = indirect(on)
    if (receiver.type.kind === 'interface' && nil) this.fail(`nil pointer evaluating ${type}.${ident}`)
    const bound = isExported(ident) ? findMethod(receiver, ident) : undefined
    if (bound) {
      const call = nil
        ? onNil(receiver.type.elem as Type, ident, bound)
        : (...rest: unknown[]) => callMethod(bound, rest)
      return callFunction(this, dot, { ...bound.method, call }, node, ident, args, final)
    }
    const hasArgs = (args?.length ?? 0) > 1 || final !== missing
    if (receiver.type.kind === 'struct') {
      const found = this.structField(receiver, ident, type, hasArgs)
      if (found) return found
    } else if (receiver.type.kind === 'map' && assignable(str, receiver.type.key as Type)) {
      if (hasArgs) this.fail(`${ident} is not a method but has arguments`)
      return mapIndex(receiver, ident) ?? this.missingEntry(receiver, ident)
    } else if (receiver.type.kind === 'ptr') {
      const target = receiver.type.elem as Type
      if (nil && (target.kind !== 'struct' || findField(target, ident))) {
        this.fail(`nil pointer evaluating ${type}.${ident}`)
      }
    }
    if ((receiver.type.elem ?? receiver.type).hidden?.includes(ident)) this.failUnexported(ident, type)
    return this.fail(`can't evaluate field ${ident} in type ${type}`)
  }

  private failUnexported(ident: string, type: string): never {
    return this.fail(`${ident} is an unexported field of struct type ${type}`)
  }

  private structField(receiver: Value, ident: string, type: string, hasArgs: boolean): Value | undefined {
    const path = findField(receiver.type, ident)
    if (!path) return undefined
    if (!isExported(ident)) this.failUnexported(ident, type)
    if (hasArgs) this.fail(`${ident} has arguments but cannot be invoked as function`)
    let at = receiver
    for (const f of path) {
      const outer = at.type.kind === 'ptr' ? elem(at) : at
      if (!outer)
        return this.fail(
          `reflect: indirection through nil pointer to embedded struct field ${shortName(at.type.elem as Type)}`,
        )
      at = fieldValue(outer, f)
    }
    return at
  }

  private missingEntry(receiver: Value, ident: string): Value | undefined {
    if (this.program.missingKey === 'error') this.fail(`map has no entry for key ${quote(ident)}`)
    const type = receiver.type.elem as Type
    return this.program.missingKey === 'zero' ? value(type, zero(type)) : undefined
  }

  protected setVar(called: string, v: Value | undefined): void {
    const found = this.vars.findLast((variable) => variable.name === called)
    if (!found) return this.fail(`undefined variable: ${called}`)
    found.value = v
  }

  protected setTop(n: number, v: Value | undefined): void {
    const found = this.vars.at(-n)
    if (found) found.value = v
  }

  private varValue(called: string): Value | undefined {
    const found = this.vars.findLast((variable) => variable.name === called)
    return found ? found.value : this.fail(`undefined variable: ${called}`)
  }
}

export function variableName(node: VariableNode): string {
  return node.idents[0] as string
}

/** Digs an interface{} down one level. */
function unwrap(v: Value | undefined): Value | undefined {
  return v?.type.kind === 'interface' ? dynamic(v.raw) : v
}

function callMethod({ method, receiver }: BoundMethod, args: unknown[]): unknown {
  return (method.call as (...all: unknown[]) => unknown)(receiver, ...args)
}

/** A call on a nil pointer fails as it does in Go, unless the method can do without its receiver. */
function onNil(type: Type, ident: string, bound: BoundMethod): (...args: unknown[]) => unknown {
  return (...args) => {
    if (type.methods && Object.hasOwn(type.methods, ident)) {
      throw new Error(`value method ${type.name}.${ident} called using nil *${shortName(type)} pointer`)
    }
    try {
      return callMethod(bound, args)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw new Error('runtime error: invalid memory address or nil pointer dereference', { cause: error })
    }
  }
}
