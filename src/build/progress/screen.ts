/**
 * The last lines of what a step prints, as a terminal of that size would show them: lines that a program draws over show only
 * what they have become. It knows of the cursor and of erasing; colours and what it does not know have no effect.
 */
export class Screen {
  private width: number
  private rows: string[][]
  private x = 0
  private y = 0
  private saved = { x: 0, y: 0 }
  private readonly decoder = new TextDecoder()
  private rest = ''

  constructor(height: number, width: number) {
    this.width = Math.max(width, MIN_WIDTH)
    this.rows = Array.from({ length: Math.max(height, 1) }, () => [])
  }

  /** The lines that are not empty, from the top. */
  get lines(): string[] {
    return this.rows.map((row) => textOf(row, this.width)).filter((line) => line !== '')
  }

  resize(height: number, width: number): void {
    this.width = Math.max(width, MIN_WIDTH)
    const lines = Math.max(height, 1)
    // The lowest lines are the newest.
    while (this.rows.length > lines) {
      this.rows.splice(this.y >= lines ? 0 : this.rows.length - 1, 1)
      if (this.y >= lines) this.y--
    }
    while (this.rows.length < lines) this.rows.push([])
  }

  write(data: Uint8Array): void {
    const text = this.rest + this.decoder.decode(data, { stream: true })
    this.rest = ''
    for (const [part, sequence] of text.matchAll(parts)) {
      if (sequence !== undefined) this.obey(sequence)
      else if (part.startsWith('\x1b')) this.rest = part.length < LONGEST ? part : ''
      else this.type(part)
    }
  }

  private type(text: string): void {
    for (const char of text) {
      if (char === '\n') this.moveTo(this.y + 1, 0)
      else if (char === '\r') this.x = 0
      else if (char === '\b') this.x = Math.max(this.x - 1, 0)
      else if (char === '\t') this.moveTo(this.y, Math.min((Math.floor(this.x / 8) + 1) * 8, this.width - 1))
      else if (!control.test(char)) this.put(char)
    }
  }

  private put(char: string): void {
    if (this.x >= this.width) this.moveTo(this.y + 1, 0)
    while (this.y >= this.rows.length) {
      this.rows.shift()
      this.rows.push([])
      this.y--
    }
    const row = this.rows[this.y]!
    while (row.length < this.x) row.push(' ')
    row[this.x] = char
    this.x++
  }

  private moveTo(y: number, x: number): void {
    this.y = y
    this.x = x
  }

  /** Takes the parameters and the letter of a control sequence. */
  private obey(sequence: string): void {
    const numbers = sequence.slice(0, -1).split(';').map(Number)
    if (numbers.some(Number.isNaN)) return
    const count = sequence.length > 1 ? numbers[0]! : 1
    const last = this.rows.length - 1
    switch (sequence.at(-1)) {
      case 'A':
        return this.moveTo(Math.max(Math.min(this.y, last) - count, 0), this.x)
      case 'B':
        return this.moveTo(Math.min(this.y + count, last), this.x)
      case 'C':
        return this.moveTo(this.y, Math.min(this.x + count, this.width - 1))
      case 'D':
        return this.moveTo(this.y, Math.max(this.x - count, 0))
      case 'G':
        return this.moveTo(this.y, Math.min(Math.max(count - 1, 0), this.width - 1))
      case 'H':
      case 'f':
        return this.home(numbers)
      case 'J':
        return this.eraseLines(numbers[0]!)
      case 'K':
        return this.eraseColumns(numbers[0]!)
      case 's':
        this.saved = { x: this.x, y: this.y }
        return
      case 'u':
        return this.moveTo(this.saved.y, this.saved.x)
    }
  }

  private home([row = 1, column = 1]: number[]): void {
    const inside = (at: number, count: number): number => Math.min(Math.max(at - 1, 0), count - 1)
    this.moveTo(inside(row, this.rows.length), inside(column, this.width))
  }

  private eraseLines(what: number): void {
    const from = what === 0 ? this.y : 0
    const to = what === 1 ? this.y + 1 : this.rows.length
    for (let y = from; y < to && y < this.rows.length; y++) this.rows[y] = []
  }

  private eraseColumns(what: number): void {
    const row = this.rows[this.y]
    if (row === undefined) return
    if (what === 0) row.length = Math.min(row.length, this.x)
    else if (what === 1) row.fill(' ', 0, this.x + 1)
    else row.length = 0
  }
}

/** Below this the lines would say nothing. */
const MIN_WIDTH = 6
/** A sequence that is longer than this is none. */
const LONGEST = 32

// Control sequences, other escapes, what may become one when more has come, and text.
const parts =
  // oxlint-disable-next-line no-control-regex
  /\x1b\[([\d;]*[@-~])|\x1b\[[^@-~\x1b]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^[\]]|\x1b[^]*|[^\x1b]+/g
const control = /\p{Cc}/u

function textOf(row: readonly string[], width: number): string {
  return Array.from(row.slice(0, width), (char) => char ?? ' ')
    .join('')
    .trimEnd()
}
