import { type Colours, paint } from './colours.ts'
import { sourceLines } from './source.ts'
import type { VertexWarning } from './status.ts'

/** The warnings of a build, as they stand below its progress; with `expanded`, all that is known of each (buildx printWarnings). */
export function warningText(warnings: readonly VertexWarning[], expanded: boolean, { warning }: Colours): string {
  const different = dedupe(warnings)
  if (different.length === 0) return ''
  const count = different.length === 1 ? '1 warning found' : `${different.length} warnings found`
  const title = `${count}${expanded ? '' : ' (use docker --debug to expand)'}:`
  const text = different.map((one) => ` - ${textOf(one.short)}\n${expanded ? detailsOf(one) : ''}`)
  return `\n ${paint(title, warning)}\n${text.join('')}`
}

/** The warnings without those that say the same of the same lines. */
export function dedupe(warnings: readonly VertexWarning[]): VertexWarning[] {
  const known = new Map<string, VertexWarning>()
  for (const one of warnings) {
    const key = JSON.stringify([textOf(one.short), one.detail.map(textOf), one.url, one.source?.filename, one.ranges])
    if (!known.has(key)) known.set(key, one)
  }
  return [...known.values()]
}

function detailsOf({ detail, url, source, ranges }: VertexWarning): string {
  const lines = detail.map((line) => `${textOf(line)}\n`).join('')
  const link = url === '' ? '' : `More info: ${url}\n`
  return `${lines}${link}${source === undefined ? '' : sourceLines(source, ranges)}\n`
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString()
}
