/**
 * Lists by `--format` (docker/cli formatter.Context): `table ...`, `json`, or any template, one row a line.
 *
 *   await renderList({ format, header: { ID: 'CONTAINER ID', ... }, rows: rows.map((row) => value(containerContext, row)) })
 */
import { alignColumns } from '../go/tabwriter.ts'
import { displayWidth } from './width.ts'
import { visibleCell } from '../go/visible.ts'
import { isValue, map, method, named, str, value, type Method, type Value } from '../go/types.ts'

/** How one kind of object is listed. */
export interface ListView {
  /** Column titles by field, for tables. */
  readonly header: Readonly<Record<string, string>>
  /** The template that a format stands for: empty or `table` for the view's own table, `raw`, or what the user wrote. */
  readonly template: (format: string, quiet: boolean) => string
  /** Where config.json has the user's own format. */
  readonly configKey?:
    | 'psFormat'
    | 'imagesFormat'
    | 'networksFormat'
    | 'pluginsFormat'
    | 'volumesFormat'
    | 'statsFormat'
    | 'servicesFormat'
    | 'tasksFormat'
    | 'secretFormat'
    | 'configFormat'
    | 'nodesFormat'
}

/** What a list goes to. */
export interface Display {
  /** Ambiguous characters take two columns (`isEastAsian` of width.ts). */
  readonly eastAsian?: boolean
  /** It is a terminal: control characters in the list's values are shown, those of the format itself stay. */
  readonly terminal?: boolean
}

export interface List extends Display {
  /** A view's template: never a bare `table`, which is the view's to expand. */
  readonly format: string
  readonly header: ListView['header']
  /** Views made by `methods()` of go/types.ts. */
  readonly rows: readonly Value[]
}

/**
 * The text of a list. Throws an Error `template parsing error: ...`, and then nothing of the list is written, when the
 * format does not parse or fails on a row. Plain fields are read without the template engine, which is loaded for the rest.
 */
export async function renderList(list: List): Promise<string> {
  const text = templateText(list.format)
  const pieces = plainPieces(text)
  const rows = pieces && plainRows(pieces, list)
  const { body, head } =
    pieces === undefined || rows === undefined
      ? await templated(text, list)
      : {
          body: rows,
          head: () => pieces.map((p) => (p.field ? (list.header[p.field] ?? '<no value>') : p.text)).join(''),
        }
  if (!isTable(list.format)) return body
  const width = (cell: string): number => displayWidth(cell, list.eastAsian)
  // As formatter.go makes its writer: `NewWriter(out, 10, 1, 3, ' ', 0)`.
  return alignColumns(`${head()}\n${body}`, { minWidth: 10, padding: 3, width })
}

/** The text of a row by a template that is made of text and plain fields; undefined where it takes the template engine. */
export function plainText(template: string, row: Value): string | undefined {
  const pieces = plainPieces(template)
  return pieces && plainRow(pieces, row)
}

/** Whether the format asks for a table. */
export function isTable(format: string): boolean {
  return format.startsWith('table')
}

/** The template of a format: `json` is short for one, the word `table` goes, and `\t` and `\n` may be spelled out. */
export function templateText(format: string): string {
  if (format === 'table') return ''
  if (format === 'json') return '{{json .}}'
  const rest = isTable(format) ? format.slice('table'.length) : format
  return rest.replace(/^ +| +$/g, '').replaceAll(/\\[tn]/g, (escape) => (escape === '\\t' ? '\t' : '\n'))
}

interface Piece {
  text: string
  field: string | undefined
}

/** The pieces of a template made of text and plain fields only. */
function plainPieces(text: string): Piece[] | undefined {
  const pieces = text.split(/(\{\{\s*\.[A-Z]\w*\s*\}\})/).map((part) => ({
    text: part,
    field: /^\{\{\s*\.(\w+)\s*\}\}$/.exec(part)?.[1],
  }))
  // A text that ends in a brace stood before a field: of three braces the first two are the template's.
  return pieces.some(({ field, text: plain }) => !field && (plain.includes('{{') || plain.endsWith('{')))
    ? undefined
    : pieces
}

/** `undefined` when a row has a field that is not simply a string or number. */
function plainRows(pieces: Piece[], { rows, terminal }: List): string | undefined {
  let out = ''
  for (const row of rows) {
    const shown = plainRow(pieces, row, terminal)
    if (shown === undefined) return undefined
    out += `${shown}\n`
  }
  return out
}

function plainRow(pieces: Piece[], row: Value, terminal = false): string | undefined {
  let out = ''
  for (const piece of pieces) {
    const shown = piece.field ? plainField(row, piece.field) : piece.text
    if (shown === undefined) return undefined
    out += terminal && piece.field ? visibleCell(shown) : shown
  }
  return out
}

function plainField(row: Value, field: string): string | undefined {
  const table = row.type.elem?.pointerMethods
  const found = table && Object.hasOwn(table, field) ? (table[field] as Method) : undefined
  if (!found || found.in.length > 0) return undefined
  let result: unknown
  try {
    result = (found.call as (receiver: unknown) => unknown)(row.raw)
  } catch {
    return undefined
  }
  if (isValue(result)) result = result.raw
  return typeof result === 'string' || typeof result === 'boolean' ? String(result) : undefined
}

const header = named('formatter.SubHeaderContext', map(str, str), {
  // The title of a label column: the last part of the label's name.
  Label: method(str, (_: unknown, name: string) => (name.split('.').at(-1) as string).replaceAll(/[-_]/g, ' '), str),
})

async function templated(text: string, list: List): Promise<{ body: string; head: () => string }> {
  const { compileFormat } = await import('./template/format.ts')
  const format = compileFormat(text, list.terminal)
  return {
    body: list.rows.map((row) => `${format.row(row)}\n`).join(''),
    head: () => format.header(value(header, list.header)),
  }
}
