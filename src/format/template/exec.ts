/** Runs a parsed template over a Go value (text/template/exec.go). */
import { sprint, sprintf } from '../../go/print.ts'
import { concrete, index, indirect, intValue, length, sortedEntries } from '../../go/reflect.ts'
import { isIntKind, isUintKind } from '../../go/number.ts'
import { quote } from '../../go/quote.ts'
import { value, type Value } from '../../go/types.ts'
import { TemplateError } from './errors.ts'
import { Evaluation, variableName, type Output, type Program } from './eval.ts'
import {
  print,
  type BranchNode,
  type ListNode,
  type Node,
  type PipeNode,
  type Statement,
  type TemplateNode,
} from './node.ts'
import { printable, truth } from './value.ts'

const maxDepth = 100_000

/** Runs the template called `name`. Throws a TemplateError that carries what was written before. */
export function run(program: Program, name: string, data: Value | undefined): string {
  const out: Output = { text: '', deepest: undefined }
  const tree = program.trees.get(name)
  if (!tree) throw new TemplateError(`template: ${name}: ${quote(name)} is an incomplete or empty template`)
  const execution = new Execution(program, tree, out, data, 0)
  try {
    execution.walk(data, tree.root)
  } catch (error) {
    // JavaScript's stack ran out: templates that call themselves without end.
    if (!(error instanceof RangeError)) throw error
    const { evaluation, node } = out.deepest ?? { evaluation: execution, node: undefined }
    const message = evaluation.located(`exceeded maximum template depth (${maxDepth})`, node)
    throw new TemplateError(message, out.text)
  }
  return out.text
}

type Jump = 'break' | 'continue' | undefined

/** The statements of one template. */
class Execution extends Evaluation {
  walk(dot: Value | undefined, node: ListNode | Statement): Jump {
    this.at(node)
    switch (node.type) {
      case 'list':
        for (const statement of node.nodes) {
          const jump = this.walk(dot, statement)
          if (jump) return jump
        }
        return undefined
      case 'text':
        this.out.text += node.text
        return undefined
      case 'action': {
        const result = this.pipeline(dot, node.pipe)
        if (node.pipe.decl.length === 0) this.printValue(node, node.pipe, result)
        return undefined
      }
      case 'if':
      case 'with':
        return this.ifOrWith(dot, node)
      case 'range':
        return this.range(dot, node)
      case 'template':
        this.invoke(dot, node)
        return undefined
      default:
        return node.type
    }
  }

  private ifOrWith(dot: Value | undefined, node: BranchNode): Jump {
    const mark = this.vars.length
    const result = this.pipeline(dot, node.pipe)
    let jump: Jump
    if (truth(concrete(result))) jump = this.walk(node.type === 'with' ? result : dot, node.list)
    else if (node.elseList) jump = this.walk(dot, node.elseList)
    this.vars.length = mark
    return jump
  }

  private range(dot: Value | undefined, node: BranchNode): Jump {
    const mark = this.vars.length
    const result = this.pipeline(dot, node.pipe)
    const over = result && indirect(result).value
    const inner = this.vars.length
    let ran = false
    let jump: Jump
    for (const [key, item] of this.items(over, node)) {
      ran = true
      this.setRangeVars(node.pipe, key, item)
      jump = this.walk(item, node.list)
      this.vars.length = inner
      if (jump === 'break') break
    }
    jump = undefined
    if (!ran && node.elseList) jump = this.walk(dot, node.elseList)
    this.vars.length = mark
    return jump
  }

  private *items(over: Value | undefined, node: BranchNode): Generator<[Value | undefined, Value]> {
    if (!over) return
    const { kind } = over.type
    if (isIntKind(kind) || isUintKind(kind)) {
      if (node.pipe.decl.length > 1) {
        this.fail(`can't use ${sprint([over])} to iterate over more than one variable`)
      }
      for (let i = 0; i < Number(over.raw); i++) yield [undefined, value(over.type, i)]
    } else if (kind === 'slice' || kind === 'array') {
      for (let i = 0; i < length(over); i++) yield [intValue(i), index(over, i)]
    } else if (kind === 'map') {
      for (const entry of sortedEntries(over)) yield [entry.key, entry.value]
    } else this.fail(`range can't iterate over ${sprintf('%v', [over])}`)
  }

  private setRangeVars(pipe: PipeNode, key: Value | undefined, item: Value): void {
    const [first, second] = pipe.decl
    if (!first) return
    if (pipe.assign) {
      this.setVar(variableName(first), second ? key : item)
      if (second) this.setVar(variableName(second), item)
      return
    }
    this.setTop(1, item)
    if (second) this.setTop(2, key)
  }

  private invoke(dot: Value | undefined, node: TemplateNode): void {
    const tree = this.program.trees.get(node.name)
    if (!tree) return this.fail(`template ${quote(node.name)} not defined`)
    this.out.deepest = { evaluation: this, node }
    if (this.depth === maxDepth) this.fail(`exceeded maximum template depth (${maxDepth})`)
    const inner = node.pipe ? this.pipeline(dot, node.pipe) : undefined
    const state = new Execution(this.program, tree, this.out, inner, this.depth + 1)
    state.walk(inner, tree.root)
    this.out.deepest = undefined
  }

  private printValue(node: Node, pipe: PipeNode, v: Value | undefined): void {
    this.at(node)
    const shown = printable(v)
    if (shown?.type.kind === 'func') this.fail(`can't print ${print(node)} of type ${v?.type.name}`)
    const text = sprint([shown])
    this.out.text += this.program.shown?.(text, pipe) ?? text
  }
}
