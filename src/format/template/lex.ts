/**
 * The scanner of template text (text/template/parse/lex.go): text and the tokens of actions, one at a time. One file, long as it
 * is: its states are mutually recursive.
 */
import { quote } from '../../go/quote.ts'

export type TokenType =
  | 'error'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'comment'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | 'keyword'

export interface Token {
  type: TokenType
  /** Where it begins in the template, in UTF-16 units. */
  pos: number
  text: string
  line: number
}

const keywords = new Set([
  '.',
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
])

/** How error messages name a token. */
export function describe(token: Token): string {
  if (token.type === 'eof') return 'EOF'
  if (token.type === 'error') return token.text
  if (token.type === 'keyword') return `<${token.text}>`
  const { text } = token
  if (Buffer.byteLength(text) > 10) return `${quote(Array.from(text).slice(0, 10).join(''))}...`
  return quote(text)
}

export class Lexer {
  readonly input: string
  private pos = 0
  private start = 0
  private line = 1
  private startLine = 1
  private parens = 0
  private inAction = false
  private failed = false

  constructor(input: string) {
    this.input = input
  }

  next(): Token {
    if (this.failed) return { type: 'eof', pos: 0, text: 'EOF', line: this.startLine }
    return this.inAction ? this.action() : this.text()
  }

  private take(type: TokenType): Token {
    const text = this.input.slice(this.start, this.pos)
    const token = { type, pos: this.start, text, line: this.startLine }
    this.skip()
    return token
  }

  /** Drops what was scanned since the last token. */
  private skip(): void {
    for (let i = this.start; i < this.pos; i++) if (this.input[i] === '\n') this.line++
    this.start = this.pos
    this.startLine = this.line
  }

  private error(message: string): Token {
    this.failed = true
    return { type: 'error', pos: this.start, text: message, line: this.startLine }
  }

  private peek(): string {
    const code = this.input.codePointAt(this.pos)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  private text(): Token {
    for (;;) {
      const open = this.input.indexOf('{{', this.pos)
      if (open < 0) {
        this.pos = this.input.length
        return this.pos > this.start
          ? this.take('text')
          : { type: 'eof', pos: this.pos, text: 'EOF', line: this.startLine }
      }
      if (open > this.start) {
        const whole = this.input.slice(this.start, open)
        const kept = trimsLeft(this.input, open + 2) ? whole.replace(/[ \t\r\n]+$/, '') : whole
        this.pos = this.start + kept.length
        const token = this.take('text')
        this.pos = open
        this.skip()
        if (kept !== '') return token
      }
      const token = this.leftDelim()
      if (token) return token
    }
  }

  /** The opening delimiter, or `undefined` after a comment. */
  private leftDelim(): Token | undefined {
    this.pos += 2
    const marker = trimsLeft(this.input, this.pos) ? 2 : 0
    if (this.input.startsWith('/*', this.pos + marker)) {
      this.pos += marker
      this.skip()
      return this.comment()
    }
    const token = this.take('leftDelim')
    this.inAction = true
    this.pos += marker
    this.skip()
    this.parens = 0
    return token
  }

  private comment(): Token | undefined {
    const close = this.input.indexOf('*/', this.pos + 2)
    if (close < 0) return this.error('unclosed comment')
    this.pos = close + 2
    const delim = this.rightDelimAt(this.pos)
    if (!delim) return this.error('comment ends before closing delimiter')
    this.pos += delim.length
    if (delim.trims) this.skipSpaces()
    this.skip()
    return undefined
  }

  private skipSpaces(): void {
    while (isSpace(this.input[this.pos])) this.pos++
  }

  private rightDelimAt(pos: number): { length: number; trims: boolean } | undefined {
    if (isSpace(this.input[pos]) && this.input.startsWith('-}}', pos + 1)) return { length: 4, trims: true }
    return this.input.startsWith('}}', pos) ? { length: 2, trims: false } : undefined
  }

  private rightDelim(delim: { trims: boolean }): Token {
    if (delim.trims) {
      this.pos += 2
      this.skip()
    }
    this.pos += 2
    const token = this.take('rightDelim')
    if (delim.trims) {
      this.skipSpaces()
      this.skip()
    }
    this.inAction = false
    return token
  }

  private action(): Token {
    const delim = this.rightDelimAt(this.pos)
    if (delim) return this.parens === 0 ? this.rightDelim(delim) : this.error('unclosed left paren')
    const char = this.peek()
    if (char === '') return this.error('unclosed action')
    if (isSpace(char)) return this.space()
    if (isNumberStart(char, this.input[this.pos + 1])) return this.number()
    if (isAlphaNumeric(char)) return this.identifier()
    this.pos += char.length
    switch (char) {
      case '=':
        return this.take('assign')
      case ':':
        if (this.peek() !== '=') return this.error('expected :=')
        this.pos++
        return this.take('declare')
      case '|':
        return this.take('pipe')
      case '"':
        return this.quoted('"', 'string', 'unterminated quoted string')
      case "'":
        return this.quoted("'", 'charConstant', 'unterminated character constant')
      case '`':
        return this.rawQuoted()
      case '$':
        return this.fieldOrVariable('variable')
      case '.':
        return this.fieldOrVariable('field')
      case '(':
        this.parens++
        return this.take('leftParen')
      case ')':
        if (--this.parens < 0) return this.error('unexpected right paren')
        return this.take('rightParen')
      default:
        if (char >= ' ' && char <= '~') return this.take('char')
        return this.error(`unrecognized character in action: ${unicodeName(char)}`)
    }
  }

  private space(): Token {
    const from = this.pos
    this.skipSpaces()
    // The last space may belong to a closing delimiter with a trim marker.
    const delim = this.rightDelimAt(this.pos - 1)
    if (delim?.trims) {
      this.pos--
      if (this.pos === from) return this.rightDelim(delim)
    }
    return this.take('space')
  }

  private identifier(): Token {
    this.word()
    const word = this.input.slice(this.start, this.pos)
    if (!this.atTerminator()) return this.badCharacter()
    if (keywords.has(word)) return this.take('keyword')
    return this.take(word === 'true' || word === 'false' ? 'bool' : 'identifier')
  }

  private fieldOrVariable(type: 'field' | 'variable'): Token {
    if (this.atTerminator()) return this.take(type === 'variable' ? 'variable' : 'keyword')
    this.word()
    if (!this.atTerminator()) return this.badCharacter()
    return this.take(type)
  }

  private word(): void {
    for (let char = this.peek(); isAlphaNumeric(char); char = this.peek()) this.pos += char.length
  }

  private badCharacter(): Token {
    return this.error(`bad character ${unicodeName(this.peek())}`)
  }

  private atTerminator(): boolean {
    const char = this.input[this.pos]
    if (char === undefined || isSpace(char) || '.,|:()'.includes(char)) return true
    return this.input.startsWith('}}', this.pos)
  }

  private quoted(mark: string, type: TokenType, complaint: string): Token {
    for (;;) {
      const char = this.input[this.pos++]
      if (char === mark) return this.take(type)
      if (char === '\\') {
        const escaped = this.input[this.pos++]
        if (escaped !== undefined && escaped !== '\n') continue
      } else if (char !== undefined && char !== '\n') continue
      return this.error(complaint)
    }
  }

  private rawQuoted(): Token {
    const close = this.input.indexOf('`', this.pos)
    if (close < 0) return this.error('unterminated raw quoted string')
    this.pos = close + 1
    return this.take('rawString')
  }

  private number(): Token {
    if (!this.scanNumber()) return this.badNumber()
    const sign = this.input[this.pos]
    if (sign !== '+' && sign !== '-') return this.take('number')
    if (!this.scanNumber() || this.input[this.pos - 1] !== 'i') return this.badNumber()
    return this.take('complex')
  }

  private badNumber(): Token {
    return this.error(`bad number syntax: ${quote(this.input.slice(this.start, this.pos))}`)
  }

  private scanNumber(): boolean {
    const rest = this.input.slice(this.pos)
    const match =
      /^[+-]?(?:0[xX][\da-fA-F_]*\.?[\da-fA-F_]*(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*\.?[0-7_]*|0[bB][01_]*\.?[01_]*|[\d_]*\.?[\d_]*(?:[eE][+-]?[\d_]*)?)i?/
    this.pos += match.exec(rest)?.[0].length ?? 0
    const char = this.peek()
    if (!isAlphaNumeric(char)) return true
    this.pos += char.length
    return false
  }
}

function trimsLeft(input: string, pos: number): boolean {
  return input[pos] === '-' && isSpace(input[pos + 1])
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n'
}

function isNumberStart(char: string, after: string | undefined): boolean {
  if (char === '.') return after === undefined || (after >= '0' && after <= '9')
  return char === '+' || char === '-' || (char >= '0' && char <= '9')
}

function isAlphaNumeric(char: string): boolean {
  return /^[\p{L}\p{Nd}_]$/u.test(char)
}

/** `%#U` */
function unicodeName(char: string): string {
  const code = char.codePointAt(0)
  if (code === undefined) return 'U+FFFFFFFFFFFFFFFF'
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char) ? `${name} '${char}'` : name
}
