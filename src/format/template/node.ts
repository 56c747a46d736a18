/** The parse tree of a template and how it prints (text/template/parse/node.go). */
import { quote } from '../../go/quote.ts'

interface At {
  /** Where it begins in the template, in UTF-16 units. */
  readonly pos: number
}
export interface ListNode extends At {
  type: 'list'
  nodes: Statement[]
}
interface TextNode extends At {
  type: 'text'
  text: string
}
interface ActionNode extends At {
  type: 'action'
  pipe: PipeNode
}
export interface BranchNode extends At {
  type: 'if' | 'range' | 'with'
  pipe: PipeNode
  list: ListNode
  elseList: ListNode | undefined
}
export interface TemplateNode extends At {
  type: 'template'
  name: string
  pipe: PipeNode | undefined
}
interface JumpNode extends At {
  type: 'break' | 'continue'
}
/** `{{end}}` and `{{else}}`, while parsing only. */
export interface EndNode extends At {
  type: 'end' | 'else'
}
export type Statement = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode

export interface PipeNode extends At {
  type: 'pipe'
  assign: boolean
  decl: VariableNode[]
  commands: CommandNode[]
}
export interface CommandNode extends At {
  type: 'command'
  args: Operand[]
}
export interface VariableNode extends At {
  type: 'variable'
  /** The name and then fields: `$x.a.b`. */
  idents: string[]
}
interface FieldNode extends At {
  type: 'field'
  idents: string[]
}
export interface ChainNode extends At {
  type: 'chain'
  node: Operand
  fields: string[]
}
interface IdentifierNode extends At {
  type: 'identifier'
  name: string
}
interface PlainNode extends At {
  type: 'dot' | 'nil'
}
interface BoolNode extends At {
  type: 'bool'
  value: boolean
}
interface StringNode extends At {
  type: 'string'
  quoted: string
  text: string
}
export interface NumberNode extends At {
  type: 'number'
  text: string
  int?: bigint
  uint?: bigint
  float?: number
  complex?: [number, number]
}
export type Operand =
  | PipeNode
  | VariableNode
  | FieldNode
  | ChainNode
  | IdentifierNode
  | PlainNode
  | BoolNode
  | StringNode
  | NumberNode
export type Node = ListNode | Statement | EndNode | CommandNode | Operand

/** A template by itself: the tree of one `define`, `block` or of the whole text. */
export interface Tree {
  name: string
  root: ListNode
  /** The text it was parsed from, and the name under which that was parsed: for error positions. */
  text: string
  parseName: string
}

/** The node as template text, in Go's normal form (`Node.String()`). */
export function print(node: Node): string {
  switch (node.type) {
    case 'list':
      return node.nodes.map(print).join('')
    case 'text':
      return node.text
    case 'action':
      return `{{${print(node.pipe)}}}`
    case 'if':
    case 'range':
    case 'with': {
      const otherwise = node.elseList ? `{{else}}${print(node.elseList)}` : ''
      return `{{${node.type} ${print(node.pipe)}}}${print(node.list)}${otherwise}{{end}}`
    }
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe ? ` ${print(node.pipe)}` : ''}}}`
    case 'break':
    case 'continue':
    case 'end':
    case 'else':
      return `{{${node.type}}}`
    case 'pipe': {
      const decl = node.decl.length > 0 ? `${node.decl.map(print).join(', ')} ${node.assign ? '=' : ':='} ` : ''
      return decl + node.commands.map(print).join(' | ')
    }
    case 'command':
      return node.args.map(printOperand).join(' ')
    case 'variable':
      return node.idents.join('.')
    case 'field':
      return node.idents.map((ident) => `.${ident}`).join('')
    case 'chain':
      return printOperand(node.node) + node.fields.map((name) => `.${name}`).join('')
    case 'identifier':
      return node.name
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'bool':
      return String(node.value)
    case 'string':
      return node.quoted
    case 'number':
      return node.text
  }
}

function printOperand(node: Operand): string {
  return node.type === 'pipe' ? `(${print(node)})` : print(node)
}
