/** The parser of templates (text/template/parse/parse.go). One file, long as it is: its functions are mutually recursive. */
import { quote } from '../../go/quote.ts'
import { unquote } from '../../go/unquote.ts'
import { TemplateError } from './errors.ts'
import { Lexer, type Token, type TokenType } from './lex.ts'
import {
  print,
  type BranchNode,
  type ChainNode,
  type CommandNode,
  type EndNode,
  type ListNode,
  type Node,
  type Operand,
  type PipeNode,
  type Statement,
  type TemplateNode,
  type Tree,
  type VariableNode,
} from './node.ts'
import { parseNumber } from './number.ts'
import { TokenBuffer } from './tokens.ts'

const maxDepth = 10_000

/**
 * Parses a template text into its trees by name: the one called `name` and those of `define` and `block`.
 * Throws a TemplateError with Go's message: `template: NAME:LINE: unexpected ...`.
 */
export function parse(name: string, text: string, isFunction: (name: string) => boolean): Map<string, Tree> {
  const shared: Shared = { lexer: new Lexer(text), parseName: name, isFunction, trees: new Map() }
  try {
    new Parser(name, shared).template()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new TemplateError(`template: ${name}:1: max expression depth exceeded`)
  }
  return shared.trees
}

interface Shared {
  lexer: Lexer
  parseName: string
  isFunction(name: string): boolean
  trees: Map<string, Tree>
}

const isStart = (token: Token): boolean =>
  [
    'bool',
    'charConstant',
    'complex',
    'field',
    'identifier',
    'number',
    'rawString',
    'string',
    'variable',
    'leftParen',
  ].includes(token.type) || isKeyword(token, '.', 'nil')

function isKeyword(token: Token, ...words: string[]): boolean {
  return token.type === 'keyword' && words.includes(token.text)
}

/** One parser a tree: a `define` or `block` inside is parsed by another one over the same tokens. */
class Parser extends TokenBuffer {
  private readonly name: string
  private readonly shared: Shared
  private vars = ['$']
  private rangeDepth = 0
  private depth = 0

  constructor(name: string, shared: Shared) {
    super(shared.lexer, shared.parseName)
    this.name = name
    this.shared = shared
  }

  template(): void {
    const root: ListNode = { type: 'list', pos: this.peek().pos, nodes: [] }
    while (this.peek().type !== 'eof') {
      if (this.peek().type === 'leftDelim') {
        const delim = this.next()
        if (isKeyword(this.nextNonSpace(), 'define')) {
          new Parser('definition', this.shared).definition()
          continue
        }
        this.backup2(delim)
      }
      const node = this.textOrAction()
      if (isEnd(node)) this.fail(`unexpected ${print(node)}`)
      root.nodes.push(node)
    }
    this.add(this.name, root)
  }

  private definition(): void {
    const context = 'define clause'
    const token = this.nextNonSpace()
    if (token.type !== 'string' && token.type !== 'rawString') this.unexpected(token, context)
    const name = this.try(() => unquote(token.text))
    this.expect('rightDelim', context)
    this.add(name, this.body(context))
  }

  private body(context: string): ListNode {
    const { list, end } = this.itemList()
    if (end.type !== 'end') this.fail(`unexpected ${print(end)} in ${context}`)
    return list
  }

  private add(name: string, root: ListNode): void {
    const { trees, lexer, parseName } = this.shared
    const before = trees.get(name)
    if (!before || isEmpty(before.root)) trees.set(name, { name, root, text: lexer.input, parseName })
    else if (!isEmpty(root)) this.fail(`template: multiple definition of template ${quote(name)}`)
  }

  private itemList(): { list: ListNode; end: EndNode } {
    const list: ListNode = { type: 'list', pos: this.peekNonSpace().pos, nodes: [] }
    while (this.peekNonSpace().type !== 'eof') {
      const node = this.textOrAction()
      if (isEnd(node)) return { list, end: node }
      list.nodes.push(node)
    }
    return this.fail('unexpected EOF')
  }

  private textOrAction(): Statement | EndNode {
    const token = this.nextNonSpace()
    if (token.type === 'text') return { type: 'text', pos: token.pos, text: token.text }
    if (token.type !== 'leftDelim') return this.unexpected(token, 'input')
    this.actionLine = token.line
    const node = this.action()
    this.actionLine = 0
    return node
  }

  private action(): Statement | EndNode {
    const token = this.nextNonSpace()
    if (token.type === 'keyword') {
      switch (token.text) {
        case 'block':
          return this.block()
        case 'break':
        case 'continue':
          return this.jump(token, token.text)
        case 'else':
          return this.else()
        case 'end':
          return { type: 'end', pos: this.expect('rightDelim', 'end').pos }
        case 'if':
        case 'range':
        case 'with':
          return this.branch(token.text)
        case 'template':
          return this.invocation()
        default:
      }
    }
    this.backup()
    const { pos } = this.peek()
    return { type: 'action', pos, pipe: this.pipeline('command', 'rightDelim') }
  }

  private jump({ pos }: Token, type: 'break' | 'continue'): Statement {
    const token = this.nextNonSpace()
    if (token.type !== 'rightDelim') this.unexpected(token, `{{${type}}}`)
    if (this.rangeDepth === 0) this.fail(`{{${type}}} outside {{range}}`)
    return { type, pos }
  }

  private else(): EndNode {
    const token = this.peekNonSpace()
    // `else if` and `else with`: the word stays pending for branch().
    if (isKeyword(token, 'if', 'with')) return { type: 'else', pos: token.pos }
    return { type: 'else', pos: this.expect('rightDelim', 'else').pos }
  }

  private branch(type: 'if' | 'range' | 'with'): BranchNode {
    const mark = this.vars.length
    const pipe = this.pipeline(type, 'rightDelim')
    if (type === 'range') this.rangeDepth++
    const { list, end } = this.itemList()
    if (type === 'range') this.rangeDepth--
    let elseList: ListNode | undefined
    if (end.type === 'else') {
      if (type !== 'range' && isKeyword(this.peek(), type)) {
        this.next()
        elseList = { type: 'list', pos: end.pos, nodes: [this.branch(type)] }
      } else {
        const rest = this.itemList()
        if (rest.end.type !== 'end') this.fail(`expected end; found ${print(rest.end)}`)
        elseList = rest.list
      }
    }
    this.vars.length = mark
    return { type, pos: pipe.pos, pipe, list, elseList }
  }

  private block(): TemplateNode {
    const context = 'block clause'
    const token = this.nextNonSpace()
    const name = this.templateName(token, context)
    const pipe = this.pipeline(context, 'rightDelim')
    const inner = new Parser(name, this.shared)
    inner.add(name, inner.body(context))
    return { type: 'template', pos: token.pos, name, pipe }
  }

  private invocation(): TemplateNode {
    const context = 'template clause'
    const token = this.nextNonSpace()
    const name = this.templateName(token, context)
    let pipe: PipeNode | undefined
    if (this.nextNonSpace().type !== 'rightDelim') {
      this.backup()
      pipe = this.pipeline(context, 'rightDelim')
    }
    return { type: 'template', pos: token.pos, name, pipe }
  }

  private templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'rawString') this.unexpected(token, context)
    return this.try(() => unquote(token.text))
  }

  private pipeline(context: string, end: TokenType): PipeNode {
    const pipe: PipeNode = { type: 'pipe', pos: this.peekNonSpace().pos, assign: false, decl: [], commands: [] }
    this.declarations(pipe, context)
    for (;;) {
      const token = this.nextNonSpace()
      if (token.type === end) {
        this.check(pipe, context)
        return pipe
      }
      if (!isStart(token)) this.unexpected(token, context)
      this.backup()
      pipe.commands.push(this.command())
    }
  }

  private declarations(pipe: PipeNode, context: string): void {
    for (;;) {
      const variable = this.peekNonSpace()
      if (variable.type !== 'variable') return
      this.next()
      // `$x foo` needs three tokens of look-ahead to tell that $x is an argument.
      const after = this.peek()
      const next = this.peekNonSpace()
      const comma = next.type === 'char' && next.text === ','
      if (next.type === 'assign' || next.type === 'declare' || comma) {
        if (!comma) pipe.assign = next.type === 'assign'
        this.nextNonSpace()
        pipe.decl.push(variableNode(variable.pos, variable.text))
        this.vars.push(variable.text)
        if (!comma) return
        if (context !== 'range' || pipe.decl.length >= 2) this.fail(`too many declarations in ${context}`)
        if (!['variable', 'rightDelim', 'rightParen'].includes(this.peekNonSpace().type)) {
          this.fail('range can only initialize variables')
        }
        continue
      }
      if (after.type === 'space') this.backup3(variable, after)
      else this.backup2(variable)
      return
    }
  }

  private check(pipe: PipeNode, context: string): void {
    if (pipe.commands.length === 0) this.fail(`missing value for ${context}`)
    for (const [i, command] of pipe.commands.entries()) {
      const first = command.args[0]?.type ?? ''
      if (i > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(first)) {
        this.fail(`non executable command in pipeline stage ${i + 1}`)
      }
    }
  }

  private command(): CommandNode {
    const command: CommandNode = { type: 'command', pos: this.peekNonSpace().pos, args: [] }
    for (;;) {
      this.peekNonSpace()
      const operand = this.operand()
      if (operand) command.args.push(operand)
      const token = this.next()
      if (token.type === 'space') continue
      if (token.type === 'rightDelim' || token.type === 'rightParen') this.backup()
      else if (token.type !== 'pipe') this.unexpected(token, 'operand')
      break
    }
    if (command.args.length === 0) this.fail('empty command')
    return command
  }

  private operand(): Operand | undefined {
    const node = this.term()
    if (!node || this.peek().type !== 'field') return node
    const chain: ChainNode = { type: 'chain', pos: this.peek().pos, node, fields: [] }
    while (this.peek().type === 'field') chain.fields.push(this.next().text.slice(1))
    if (node.type === 'field' || node.type === 'variable') {
      return { type: node.type, pos: chain.pos, idents: [...node.idents, ...chain.fields] }
    }
    if (['bool', 'string', 'number', 'nil', 'dot'].includes(node.type)) {
      this.fail(`unexpected . after term ${quote(print(node))}`)
    }
    return chain
  }

  private term(): Operand | undefined {
    const token = this.nextNonSpace()
    const { pos, text } = token
    switch (token.type) {
      case 'identifier':
        if (!this.shared.isFunction(text)) this.fail(`function ${quote(text)} not defined`)
        return { type: 'identifier', pos, name: text }
      case 'variable':
        if (!this.vars.includes(text)) this.fail(`undefined variable ${quote(text)}`)
        return variableNode(pos, text)
      case 'field':
        return { type: 'field', pos, idents: [text.slice(1)] }
      case 'bool':
        return { type: 'bool', pos, value: text === 'true' }
      case 'charConstant':
      case 'complex':
      case 'number':
        return this.try(() => parseNumber(pos, text, token.type))
      case 'leftParen':
        return this.parenthesized()
      case 'string':
      case 'rawString':
        return { type: 'string', pos, quoted: text, text: this.try(() => unquote(text)) }
      default:
        if (isKeyword(token, '.', 'nil')) return { type: text === 'nil' ? 'nil' : 'dot', pos }
        this.backup()
        return undefined
    }
  }

  private parenthesized(): PipeNode {
    if (this.depth >= maxDepth) this.fail('max expression depth exceeded')
    this.depth++
    const pipe = this.pipeline('parenthesized pipeline', 'rightParen')
    this.depth--
    return pipe
  }
}

function isEnd(node: Statement | EndNode): node is EndNode {
  return node.type === 'end' || node.type === 'else'
}

function variableNode(pos: number, text: string): VariableNode {
  return { type: 'variable', pos, idents: [text] }
}

/** Nothing but space: such a definition may be replaced. */
function isEmpty(node: Node): boolean {
  if (node.type === 'list') return node.nodes.every(isEmpty)
  return node.type === 'text' && node.text.trim() === ''
}
