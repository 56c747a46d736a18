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
