/** JSON text as encoding/json sees it: its tokens and its syntax errors, and Indent and Compact, which leave every token as it is. */

import { checkDepth, MAX_DEPTH } from './depth.ts'

/** What is wrong with JSON text, in Go's words: `invalid character 'x' looking for beginning of value`. */
class JSONSyntaxError extends Error {
  readonly code = 'JSON_SYNTAX'
}

/** json.Indent: one token a line where it nests; trailing space stays. Throws a JSONSyntaxError. */
export function indent(text: string, prefix: string, step: string): string {
  checkSyntax(text)
  const newline = (depth: number): string => `\n${prefix}${step.repeat(depth)}`
  const out: string[] = []
  let depth = 0
  let open = false
  let end = 0
  for (const token of tokens(text)) {
    end = token.end
    const closes = token.text === '}' || token.text === ']'
    if (open && !closes) out.push(newline(++depth))
    if (closes && !open) out.push(newline(--depth))
    open = token.text === '{' || token.text === '['
    out.push(token.text)
    if (token.text === ',') out.push(newline(depth))
    else if (token.text === ':') out.push(' ')
  }
  return out.join('') + text.slice(end)
}

/** json.Compact: without the space between tokens. Throws a JSONSyntaxError. */
export function compact(text: string): string {
  checkSyntax(text)
  let out = ''
  for (const token of tokens(text)) out += token.text
  return out
}

export interface JSONToken {
  text: string
  end: number
}

/** The tokens of valid JSON text. */
export function* tokens(text: string): Generator<JSONToken> {
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      at++
      continue
    }
    const end = code === 34 ? stringEnd(text, at) : '{}[],:'.includes(text[at] as string) ? at + 1 : wordEnd(text, at)
    yield { text: text.slice(at, end), end }
    at = end
  }
}

/** Just past the string that begins at `at`. */
function stringEnd(text: string, at: number): number {
  let end = at + 1
  for (;;) {
    const mark = text.indexOf('"', end)
    const backslash = text.indexOf('\\', end)
    if (backslash < 0 || backslash > mark) return mark + 1
    end = backslash + 2
  }
}

function wordEnd(text: string, at: number): number {
  const word = /[^\s{}[\],:"]+/y
  word.lastIndex = at
  word.test(text)
  return word.lastIndex
}

/** Throws a JSONSyntaxError unless the text is one JSON value that nests no deeper than Go goes. */
export function checkSyntax(text: string): void {
  try {
    checkDepth(text)
    JSON.parse(text)
  } catch {
    throw new JSONSyntaxError(new Scanner(text).problem())
  }
}

/** Finds out what Go would say of text that is not JSON. */
class Scanner {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  problem(): string {
    const stack: ('key' | 'value' | 'array')[] = []
    let expect: 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'next' = 'value'
    for (;;) {
      this.space()
      const char = this.text[this.at]
      if (char === undefined) return 'unexpected end of JSON input'
      const top = stack.at(-1)
      if (expect === 'colon') {
        if (char !== ':') return this.invalid('after object key')
        this.at++
        expect = 'value'
      } else if (expect === 'next') {
        if (!top) return this.invalid('after top-level value')
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
      if (char === undefined) return 'unexpected end of JSON input'
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
