const encoder = new TextEncoder()

/**
 * Takes comma-separated text and gives the fields of its first record; quotes and line breaks work as in RFC 4180.
 * Throws with the line and byte column of a stray quote, and `EOF` when there is no record (Go encoding/csv).
 */
export function parseCsv(text: string): string[] {
  const lines = text.split(/(?<=\n)/).map((line, index, all) => normaliseEnd(line, index === all.length - 1))
  const first = lines.findIndex((line) => line !== '' && line !== '\n')
  if (first < 0) throw new Error('EOF')
  return new RecordReader(lines, first).read()
}

class RecordReader {
  private readonly lines: string[]
  private readonly start: number
  private row: number
  private line: string
  private at = 0
  private readonly fields: string[] = []

  constructor(lines: string[], start: number) {
    this.lines = lines
    this.start = start
    this.row = start
    this.line = lines[start] ?? ''
  }

  read(): string[] {
    while (this.line[this.at] === '"' ? this.quoted() : this.plain());
    return this.fields
  }

  /** Reads one field up to its comma; false when the record ends with it. */
  private plain(): boolean {
    const comma = this.line.indexOf(',', this.at)
    const field = comma < 0 ? this.line.slice(this.at).replace(/\n$/, '') : this.line.slice(this.at, comma)
    const stray = field.indexOf('"')
    if (stray >= 0) throw this.error(this.row, this.at + stray, 'bare " in non-quoted-field')
    this.fields.push(field)
    this.at = comma + 1
    return comma >= 0
  }

  private quoted(): boolean {
    let field = ''
    this.at++
    for (;;) {
      const close = this.line.indexOf('"', this.at)
      if (close < 0) {
        field += this.line.slice(this.at)
        const next = this.lines[this.row + 1]
        if (!next) throw this.error(this.row, this.line.length, 'extraneous or missing " in quoted-field')
        this.row++
        this.line = next
        this.at = 0
        continue
      }
      field += this.line.slice(this.at, close)
      this.at = close + 1
      const after = this.line[this.at]
      if (after === '"') {
        field += '"'
        this.at++
      } else if (after === ',' || after === undefined || after === '\n') {
        this.fields.push(field)
        this.at++
        return after === ','
      } else {
        throw this.error(this.row, close, 'extraneous or missing " in quoted-field')
      }
    }
  }

  private error(row: number, index: number, reason: string): Error {
    const column = encoder.encode(this.line.slice(0, index)).length + 1
    const where = `parse error on line ${row + 1}, column ${column}: ${reason}`
    return new Error(row === this.start ? where : `record on line ${this.start + 1}; ${where}`)
  }
}

function normaliseEnd(line: string, last: boolean): string {
  if (line.endsWith('\r\n')) return `${line.slice(0, -2)}\n`
  return last && line.endsWith('\r') ? line.slice(0, -1) : line
}
