/** The error of malformed JSON text, with the message of encoding/json. */
import { checkDepth, MAX_DEPTH } from './depth.ts'
import { toBytes } from './strings.ts'

/** Text that is not JSON: `invalid character 'x' looking for beginning of value`. */
export class JSONSyntaxError extends Error {
  readonly code = 'json/syntax'
  /** `truncated`: the text ends before its value does; `trailing`: a whole value comes first, and something follows it. */
  readonly kind: SyntaxErrorKind
  /** The byte at which the text goes wrong. */
  readonly offset: number
  constructor(message: string, kind: SyntaxErrorKind, offset: number) {
    super(message)
    this.kind = kind
    this.offset = offset
  }
}

export type SyntaxErrorKind = 'truncated' | 'trailing' | 'character'

/** The message of json.Decoder, which reads a stream that may go on: `unexpected EOF` for text that ends too soon. */
export function decoderMessage(error: unknown): string {
  const { kind, message } = error as Partial<JSONSyntaxError> & Error
  return kind === 'truncated' ? 'unexpected EOF' : message
}

/** Throws a JSONSyntaxError unless the text is one JSON value. */
export function checkSyntax(text: string): void {
  parseJSON(text)
}

/** JSON.parse, which throws a JSONSyntaxError. */
export function parseJSON(text: string): unknown {
  try {
    checkDepth(text)
    return JSON.parse(text) as unknown
  } catch {
    throw new Scanner(text).problem()
  }
}

/** Finds out what Go would say of text that is not JSON. */
class Scanner {
  private readonly text: string
  private at = 0
  private kind: SyntaxErrorKind = 'character'

  constructor(text: string) {
    this.text = text
  }

  problem(): JSONSyntaxError {
    return new JSONSyntaxError(this.message(), this.kind, toBytes(this.text.slice(0, this.at)).length)
  }

  private message(): string {
    const stack: ('key' | 'value' | 'array')[] = []
    let expect: 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'next' = 'value'
    for (;;) {
      this.space()
      const char = this.text[this.at]
      if (char === undefined) return this.truncated()
      const top = stack.at(-1)
      if (expect === 'colon') {
        if (char !== ':') return this.invalid('after object key')
        this.at++
        expect = 'value'
      } else if (expect === 'next') {
        if (!top) {
          this.kind = 'trailing'
          return this.invalid('after top-level value')
        }
        const close = top === 'array' ? ']' : '}'
        if (char === ',') expect = top === 'array' ? 'value' : 'key'
        else if (char === close) stack.pop()
        else return this.invalid(top === 'array' ? 'after array element' : 'after object key:value pair')
        this.at++
      } else if (expect === 'key' || expect === 'keyOrEnd') {
        if (char === '}' && expect === 'keyOrEnd') {
          stack.pop()
          this.at++
          expect = 'next'
          continue
        }
        if (char !== '"') return this.invalid('looking for beginning of object key string')
        const wrong = this.string()
        if (wrong) return wrong
        expect = 'colon'
      } else if (char === ']' && expect === 'valueOrEnd') {
        stack.pop()
        this.at++
        expect = 'next'
      } else if (char === '{' || char === '[') {
        stack.push(char === '{' ? 'key' : 'array')
        if (stack.length > MAX_DEPTH) return this.invalid('exceeded max depth')
        this.at++
        expect = char === '{' ? 'keyOrEnd' : 'valueOrEnd'
      } else {
        const wrong = this.scalar(char)
        if (wrong) return wrong
        expect = 'next'
      }
    }
  }

  private space(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++
  }

  private scalar(char: string): string | undefined {
    if (char === '"') return this.string()
    if (char === '-' || (char >= '0' && char <= '9')) return this.number()
    for (const word of ['true', 'false', 'null']) {
      if (char === word[0]) return this.word(word)
    }
    return this.invalid('looking for beginning of value')
  }

  private word(word: string): string | undefined {
    for (const letter of word) {
      if (this.text[this.at] !== letter) return this.invalid(`in literal ${word} (expecting '${letter}')`)
      this.at++
    }
    return undefined
  }

  private number(): string | undefined {
    const digits = (context: string): string | undefined => {
      if (!/\d/.test(this.text[this.at] ?? '')) return this.invalid(context)
      while (/\d/.test(this.text[this.at] ?? '')) this.at++
      return undefined
    }
    if (this.text[this.at] === '-') this.at++
    if (this.text[this.at] === '0') this.at++
    else {
      const wrong = digits('in numeric literal')
      if (wrong) return wrong
    }
    if (this.text[this.at] === '.') {
      this.at++
      const wrong = digits('after decimal point in numeric literal')
      if (wrong) return wrong
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at++
      if (/[+-]/.test(this.text[this.at] ?? '')) this.at++
      return digits('in exponent of numeric literal')
    }
    return undefined
  }

  private string(): string | undefined {
    for (this.at++; ; this.at++) {
      const char = this.text[this.at]
      if (char === undefined) return this.truncated()
      if (char === '"') {
        this.at++
        return undefined
      }
      if (char < ' ') return this.invalid('in string literal')
      if (char !== '\\') continue
      const escape = this.text[++this.at] ?? ' '
      if (!'bfnrt\\/"u'.includes(escape)) return this.invalid('in string escape code')
      for (let i = 0; escape === 'u' && i < 4; i++) {
        if (!/[\da-fA-F]/.test(this.text[++this.at] ?? '')) return this.invalid('in \\u hexadecimal character escape')
      }
    }
  }

  private truncated(): string {
    this.kind = 'truncated'
    return 'unexpected end of JSON input'
  }

  /** Go looks at bytes: of a character beyond ASCII it names the first. A token cut short meets a space. */
  private invalid(context: string): string {
    const code = this.text.codePointAt(this.at) ?? 32
    const byte = code < 0x80 ? code : (new TextEncoder().encode(String.fromCodePoint(code))[0] as number)
    return `invalid character ${quoteByte(byte)} ${context}`
  }
}

const named: Record<number, string> = {
  7: '\\a',
  8: '\\b',
  12: '\\f',
  10: '\\n',
  13: '\\r',
  9: '\\t',
  11: '\\v',
  92: '\\\\',
  39: "\\'",
}

function quoteByte(byte: number): string {
  const hex = byte.toString(16).padStart(2, '0')
  if (named[byte]) return `'${named[byte]}'`
  if (byte < 0x20 || byte === 0x7f) return `'\\x${hex}'`
  if (byte < 0x80 || (byte >= 0xa1 && byte !== 0xad)) return `'${String.fromCharCode(byte)}'`
  return `'\\u00${hex}'`
}
