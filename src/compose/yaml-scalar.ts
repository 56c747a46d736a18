import { parseInteger, parseUnsigned } from '../go/int.ts'
import { parseRFC3339 } from '../go/time.ts'
import { parseFloat64 } from '../parse/bytes.ts'
import { Timestamp, type YamlScalar } from './values.ts'

export type ScalarTag = '!!null' | '!!bool' | '!!str' | '!!int' | '!!float' | '!!timestamp'

const words = new Map<string, readonly [ScalarTag, YamlScalar]>([
  ...['true', 'True', 'TRUE'].map((word) => [word, ['!!bool', true]] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, ['!!bool', false]] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, ['!!null', null]] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, ['!!float', NaN]] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, ['!!float', Infinity]] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, ['!!float', -Infinity]] as const),
])

/** What a scalar without quotes stands for, and its tag: YAML 1.2 with 1.1's octals, underscores and dates (go-yaml v3 resolve.go). */
export function resolveScalar(text: string, allowTime = true): readonly [ScalarTag, YamlScalar] {
  const word = words.get(text)
  if (word) return word
  if (/^[-+\d]/.test(text)) {
    const time = allowTime ? parseTime(text) : undefined
    if (time) return ['!!timestamp', time]
    const plain = text.replaceAll('_', '')
    const integer =
      attempt(() => BigInt(parseInteger(plain, { base: 0 }))) ??
      attempt(() => BigInt(parseUnsigned(plain, { base: 0 })))
    if (integer !== undefined) return ['!!int', integer]
    const isFloat = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)
    const float = isFloat ? attempt(() => parseFloat64(plain)) : undefined
    if (float !== undefined) return ['!!float', float]
  } else if (text.startsWith('.')) {
    const float = attempt(() => parseFloat64(text))
    if (float !== undefined) return ['!!float', float]
  }
  return ['!!str', text]
}

/** A scalar under a tag of its own; throws where its text is none of that kind. Unknown tags leave the text as it is. */
export function resolveTagged(tag: string, text: string): YamlScalar {
  if (tag === '!!binary') return decodeBinary(text)
  if (!['!!bool', '!!int', '!!float', '!!null', '!!timestamp'].includes(tag)) return text
  const [found, value] = resolveScalar(text, tag === '!!timestamp')
  if (found === tag) return value
  if (tag === '!!float' && found === '!!int') return Number(value)
  throw new Error(`cannot decode ${found} \`${text}\` as a ${tag}`)
}

function decodeBinary(text: string): string {
  const compact = text.replace(/[\r\n]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z\d+/]*={0,2}$/.test(compact)) {
    throw new Error('!!binary value contains invalid base64 data')
  }
  return Buffer.from(compact, 'base64').toString()
}

const time =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?(Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?))?$/

function parseTime(text: string): Timestamp | undefined {
  const match = time.exec(text)
  if (!match) return undefined
  const [, year = '', month = '', day = ''] = match
  const [hour, minute, second, fraction] = match.slice(match[4] === undefined ? 9 : 4)
  const two = (digits = '0') => digits.padStart(2, '0')
  const clock = `${two(hour)}:${two(minute)}:${two(second)}.${fraction ?? '0'}${match[8] ?? 'Z'}`
  const instant = parseRFC3339(`${year}-${two(month)}-${two(day)}T${clock}`)
  return instant && new Timestamp(instant)
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
