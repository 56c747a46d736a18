/** Columns out of text with tabs (Go's text/tabwriter with the reference's change: cells are measured in columns of a terminal). */
import { displayWidth } from './width.ts'

export interface ColumnOptions {
  /** The least width of a column, its padding included. */
  minWidth: number
  /** Spaces after the widest cell of a column. */
  padding: number
  /** Ambiguous characters take two columns (`isEastAsian` of width.ts). */
  eastAsian?: boolean
}

/** Lists: at least ten columns a cell, three spaces between (formatter.go: `NewWriter(out, 10, 1, 3, ' ', 0)`). */
export const listColumns: ColumnOptions = { minWidth: 10, padding: 3 }

interface Cell {
  text: string
  width: number
}

/**
 * Aligns text: tabs end cells, and a column is what consecutive lines have under one another. The last cell of a line
 * belongs to no column. A form feed ends the line and all columns.
 */
export function alignColumns(text: string, options: ColumnOptions): string {
  const parts = text.split('\f')
  return parts.map((part, i) => new Aligner(part, options, i === parts.length - 1).run()).join('\n')
}

class Aligner {
  private readonly lines: Cell[][]
  private readonly options: ColumnOptions
  private out = ''

  constructor(text: string, options: ColumnOptions, last: boolean) {
    this.options = options
    const lines = splitLines(text)
    // What was begun and has nothing in it yet is no cell.
    if (last && lines.at(-1)?.at(-1) === '') lines.at(-1)?.pop()
    this.lines = lines.map((line) =>
      line.map((cell) => ({ text: cell, width: displayWidth(cell.replaceAll(escape, ''), options.eastAsian) })),
    )
  }

  run(): string {
    this.format(0, this.lines.length, [])
    return this.out
  }

  /** Writes a block of lines of which the columns to the left have these widths. */
  private format(from: number, to: number, widths: number[]): void {
    const column = widths.length
    let written = from
    for (let at = from; at < to; at++) {
      if (!this.hasColumn(at, column)) continue
      this.write(written, at, widths)
      written = at
      let width = this.options.minWidth
      for (; at < to && this.hasColumn(at, column); at++) {
        width = Math.max(width, (this.lines[at]?.[column]?.width ?? 0) + this.options.padding)
      }
      this.format(written, at, [...widths, width])
      written = at
    }
    this.write(written, to, widths)
  }

  private hasColumn(line: number, column: number): boolean {
    return column < (this.lines[line] as Cell[]).length - 1
  }

  private write(from: number, to: number, widths: number[]): void {
    for (let at = from; at < to; at++) {
      for (const [i, cell] of (this.lines[at] as Cell[]).entries()) {
        this.out += cell.text
        const width = widths[i]
        if (width !== undefined) this.out += ' '.repeat(Math.max(width - cell.width, 0))
      }
      if (at < this.lines.length - 1) this.out += '\n'
    }
  }
}

/** The byte 0xFF: what stands between two of them is text, tabs included. */
const escape = '\udcff'

function splitLines(text: string): string[][] {
  if (!text.includes(escape)) return text.split('\n').map((line) => line.split(/[\t\v]/))
  const lines: string[][] = [['']]
  let escaped = false
  for (const char of text) {
    const line = lines.at(-1) as string[]
    if (char === escape) escaped = !escaped
    if (!escaped && char === '\n') lines.push([''])
    else if (!escaped && (char === '\t' || char === '\v')) line.push('')
    else line[line.length - 1] += char
  }
  return lines
}
