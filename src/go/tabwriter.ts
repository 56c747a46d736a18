/** Columns out of text with tabs, as Go's text/tabwriter aligns them. */

export interface ColumnOptions {
  /** The least width of a column, its padding included. */
  minWidth: number
  /** Spaces after the widest cell of a column. */
  padding: number
  /** How wide a text is: Go counts characters, and the reference's copy the columns that they take on a terminal. */
  width: (text: string) => number
}

/**
 * Aligns text: tabs end cells, and a column is what consecutive lines have under one another. The last cell of a line
 * belongs to no column. A form feed ends the line and all columns.
 */
export function alignColumns(text: string, options: ColumnOptions): string {
  const parts = text.split('\f')
  return parts.map((part, i) => alignPart(part, options, i === parts.length - 1)).join('\n')
}

interface Column {
  width: number
}

interface Cell {
  text: string
  width: number
  /** The column it belongs to, which the lines above and below may still widen. */
  column: Column | undefined
}

function alignPart(text: string, options: ColumnOptions, last: boolean): string {
  const lines = splitLines(text)
  // What was begun and has nothing in it yet is no cell.
  if (last && lines.at(-1)?.at(-1) === '') lines.at(-1)?.pop()
  const columns: Column[] = []
  const cells = lines.map((line) => measured(line, columns, options))
  return cells.map((line) => line.map(padded).join('')).join('\n')
}

/** The cells of a line, each in one of the `columns` that go on from the line above; those that end here are dropped. */
function measured(
  line: readonly string[],
  columns: Column[],
  { minWidth, padding, width: widthOf }: ColumnOptions,
): Cell[] {
  const inColumns = Math.max(line.length - 1, 0)
  columns.length = Math.min(columns.length, inColumns)
  return line.map((text, i) => {
    const width = widthOf(text.replaceAll(escape, ''))
    if (i >= inColumns) return { text, width, column: undefined }
    const column = (columns[i] ??= { width: minWidth })
    column.width = Math.max(column.width, width + padding)
    return { text, width, column }
  })
}

function padded({ text, width, column }: Cell): string {
  return column === undefined ? text : text + ' '.repeat(Math.max(column.width - width, 0))
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
