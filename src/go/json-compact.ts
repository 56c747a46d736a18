import { quote } from './quote.ts'

/** Takes JSON as UTF-8 bytes and gives it without the blanks between tokens, numbers and strings untouched; throws in the words of Go's encoding/json, with the byte's `offset`. */
export function compactJson(bytes: Uint8Array): string {
  const scanner = new Scanner(Buffer.from(bytes).toString('latin1'))
  scanner.document()
  return Buffer.from(scanner.compact, 'latin1').toString('utf8')
}

const escapes = new Set('bfnrt\\/"')

/** Walks the text byte by byte (held as Latin-1), so that a complaint names the byte that Go's does. */
class Scanner {
  compact = ''
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): void {
    this.skipBlanks()
    this.value()
    this.skipBlanks()
    if (this.at < this.text.length) throw this.fault('after top-level value')
  }

  private value(): void {
    const char = this.text[this.at]
    if (char === '{') this.list('}', 'after object key:value pair', () => this.member())
    else if (char === '[') this.list(']', 'after array element', () => this.value())
    else if (char === '"') this.string()
    else if (char === 't' || char === 'f' || char === 'n') this.word({ t: 'true', f: 'false', n: 'null' }[char])
    else if (char === '-' || this.isDigit()) this.number()
    else throw this.fault('looking for beginning of value')
  }

  private list(close: string, context: string, item: () => void): void {
    this.take()
    this.skipBlanks()
    if (this.text[this.at] === close) return this.take()
    for (;;) {
      this.skipBlanks()
      item()
      this.skipBlanks()
      const char = this.text[this.at]
      if (char !== ',' && char !== close) throw this.fault(context)
      this.take()
      if (char === close) return
    }
  }

  private member(): void {
    if (this.text[this.at] !== '"') throw this.fault('looking for beginning of object key string')
    this.string()
    this.skipBlanks()
    if (this.text[this.at] !== ':') throw this.fault('after object key')
    this.take()
    this.skipBlanks()
    this.value()
  }

  private string(): void {
    for (this.take(); this.text[this.at] !== '"'; this.take()) {
      const char = this.text[this.at]
      if (char === undefined || char < ' ') throw this.fault('in string literal')
      if (char === '\\') this.escape()
    }
    this.take()
  }

  private escape(): void {
    this.take()
    const char = this.text[this.at]
    if (char !== 'u') {
      if (char === undefined || !escapes.has(char)) throw this.fault('in string escape code', true)
      return
    }
    for (let digit = 0; digit < 4; digit++) {
      this.take()
      if (!/^[\da-f]$/i.test(this.text[this.at] ?? '')) throw this.fault('in \\u hexadecimal character escape', true)
    }
  }

  private number(): void {
    if (this.text[this.at] === '-') this.take()
    if (this.text[this.at] === '0') this.take()
    else this.digits('in numeric literal')
    if (this.text[this.at] === '.') {
      this.take()
      this.digits('after decimal point in numeric literal')
    }
    if (this.text[this.at] === 'e' || this.text[this.at] === 'E') {
      this.take()
      if (this.text[this.at] === '+' || this.text[this.at] === '-') this.take()
      this.digits('in exponent of numeric literal')
    }
  }

  private digits(context: string): void {
    if (!this.isDigit()) throw this.fault(context, true)
    while (this.isDigit()) this.take()
  }

  private word(word: string): void {
    for (const char of word) {
      if (this.text[this.at] !== char) throw this.fault(`in literal ${word} (expecting '${char}')`, true)
      this.take()
    }
  }

  private isDigit(): boolean {
    return /^\d$/.test(this.text[this.at] ?? '')
  }

  private take(): void {
    this.compact += this.text[this.at] ?? ''
    this.at++
  }

  private skipBlanks(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? '!')) this.at++
  }

  /** Within a word, a number or an escape the end of the text counts as a blank, as it does in Go. */
  private fault(context: string, endIsBlank = false): Error {
    const char = this.text[this.at] ?? (endIsBlank ? ' ' : undefined)
    const shown = char === "'" ? "\\'" : char === '"' ? '"' : quote(char ?? '').slice(1, -1)
    const message = char === undefined ? 'unexpected end of JSON input' : `invalid character '${shown}' ${context}`
    return Object.defineProperty(new Error(message), 'offset', { value: this.at })
  }
}
