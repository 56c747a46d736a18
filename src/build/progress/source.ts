import type { LineRange, Source } from './status.ts'

/** The lines of a source that something is about, marked, with some around them; empty where none are (buildkit errdefs Source.Print). */
export function sourceLines({ filename, data }: Source, ranges: readonly LineRange[]): string {
  const lines = Buffer.from(data).toString().split('\n')
  const spans = ranges.map(({ start, end }) => ({ first: start.line, last: Math.max(start.line, end.line) }))
  const first = Math.min(...spans.map((span) => span.first))
  const last = Math.min(Math.max(...spans.map((span) => span.last)), lines.length)
  if (spans.length === 0 || first < 1 || first > lines.length) return ''
  const [from, to] = around(first, last, lines.length)
  const marked = (line: number): boolean => spans.some((span) => span.first <= line && line <= span.last)
  const shown = lines.slice(from - 1, to).map((text, i) => {
    const line = from + i
    return ` ${String(line).padStart(3)} | ${marked(line) ? '>>>' : '   '} ${text}\n`
  })
  return `${filename}:${first}\n${RULE}${shown.join('')}${RULE}`
}

/** The same of a source and ranges as BuildKit writes them in JSON; `shown` is another name for the file. */
export function jsonSourceLines(
  { filename = '', data = '', language = '' }: JsonSource,
  ranges: readonly JsonRange[] = [],
  shown = '',
): string {
  const position = ({ line = 0, character = 0 }: JsonPosition = {}) => ({ line, character })
  const read = ranges.map(({ start, end }) => ({ start: position(start), end: position(end) }))
  return sourceLines({ filename: shown || filename, data: Buffer.from(data, 'base64'), language }, read)
}

/** A source in JSON, its data in base64. */
export interface JsonSource {
  readonly filename?: string
  readonly data?: string
  readonly language?: string
}

/** Lines of a source in JSON. */
export interface JsonRange {
  readonly start?: JsonPosition
  readonly end?: JsonPosition
}

interface JsonPosition {
  readonly line?: number
  readonly character?: number
}

const RULE = '--------------------\n'

/** Four more lines around one, two around several, as evenly as there are some. */
function around(first: number, last: number, count: number): [number, number] {
  const wanted = first === last ? 4 : 2
  let [from, to] = [first, last]
  for (let added = 0; added < wanted; added++) {
    if (from > 1) {
      from--
      added++
    }
    if (to < count) {
      to++
      added++
    }
  }
  return [from, to]
}
