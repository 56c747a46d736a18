/** The parser's way through the tokens: as much look-ahead as Go has, since the line of an error is that of the last token read. */
import { TemplateError } from './errors.ts'
import { describe, type Lexer, type Token, type TokenType } from './lex.ts'

export class TokenBuffer {
  private readonly lexer: Lexer
  private readonly parseName: string
  /** The last read first. */
  private readonly tokens: Token[] = []
  private peeked = 0
  /** The line where the action being parsed began, 0 outside actions. */
  protected actionLine = 0

  constructor(lexer: Lexer, parseName: string) {
    this.lexer = lexer
    this.parseName = parseName
  }

  protected next(): Token {
    if (this.peeked > 0) this.peeked--
    else this.tokens[0] = this.lexer.next()
    return this.tokens[this.peeked] as Token
  }

  protected backup(): void {
    this.peeked++
  }

  protected backup2(first: Token): void {
    this.tokens[1] = first
    this.peeked = 2
  }

  protected backup3(first: Token, second: Token): void {
    this.tokens[1] = second
    this.tokens[2] = first
    this.peeked = 3
  }

  protected peek(): Token {
    if (this.peeked === 0) {
      this.peeked = 1
      this.tokens[0] = this.lexer.next()
    }
    return this.tokens[this.peeked - 1] as Token
  }

  protected nextNonSpace(): Token {
    let token = this.next()
    while (token.type === 'space') token = this.next()
    return token
  }

  protected peekNonSpace(): Token {
    const token = this.nextNonSpace()
    this.backup()
    return token
  }

  protected expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace()
    if (token.type !== type) this.unexpected(token, context)
    return token
  }

  protected unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.fail(`unexpected ${describe(token)} in ${context}`)
    let extra = ''
    if (this.actionLine !== 0 && this.actionLine !== token.line) {
      extra = ` in action started at ${this.parseName}:${this.actionLine}`
      if (token.text.endsWith(' action')) extra = extra.slice(' in action'.length)
    }
    return this.fail(token.text + extra)
  }

  protected try<T>(make: () => T): T {
    try {
      return make()
    } catch (error) {
      return this.fail((error as Error).message)
    }
  }

  protected fail(message: string): never {
    throw new TemplateError(`template: ${this.parseName}:${this.tokens[0]?.line ?? 0}: ${message}`)
  }
}
