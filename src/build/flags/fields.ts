import { parseCsv } from '../../go/csv.ts'
import { quote } from '../../go/quote.ts'
import { compareStrings } from '../../go/strings.ts'
import { cut } from '../../parse/cut.ts'

/** Takes `key=value,key=value` (CSV) and gives the pairs as they are written; throws `invalid value FIELD` for what is none. */
export function parsePairs(text: string): [key: string, value: string][] {
  return parseCsv(text).map((field) => {
    const { before, after, found } = cut(field, '=')
    if (!found) throw new Error(`invalid value ${field}`)
    return [before, after]
  })
}

/** Gives pairs as CSV, the first ones given as they stand and `attributes` by name (buildx csvBuilder). */
export function formatPairs(first: readonly [string, string][], attributes: Readonly<Record<string, string>>): string {
  const others = Object.entries(attributes).sort(([one], [other]) => compareStrings(one, other))
  return [...first, ...others].map(([key, value]) => quoteField(`${key}=${value}`)).join(',')
}

/** Takes `key=value` texts into a record, the last of a key counting; a key alone has what `fallback` gives, or is left out (buildx listToMap). */
export function toRecord(
  texts: readonly string[],
  fallback: (key: string) => string | undefined,
): Record<string, string> {
  const pairs = texts.map((text): [string, string | undefined] => {
    const { before: key, after, found } = cut(text, '=')
    if (key === '') throw new Error(`invalid key-value pair ${quote(text)}: empty key`)
    return [key, found ? after : fallback(key)]
  })
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

function quoteField(pair: string): string {
  return /[,"]/.test(pair) ? `"${pair.replaceAll('"', '""')}"` : pair
}
