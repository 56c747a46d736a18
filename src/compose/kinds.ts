import { formatDuration, parseDuration } from '../go/duration.ts'
import { int64, truncateToInt64, type Int64 } from '../go/int.ts'
import { formatFloat } from '../go/number.ts'
import { parseBytes } from '../parse/bytes.ts'
import { cut } from '../parse/cut.ts'
import { splitWords } from '../parse/shell-words.ts'
import { list, mapOf, set, short, type Kind } from './shape.ts'
import type { Duration, NullableMap, StringMap } from './types.ts'
import { goType, isMap, print, type YamlMap, type YamlValue } from './values.ts'
import { dictionary } from '../go/dictionary.ts'

export const text: Kind<string> = {
  read: (value) => {
    if (value === null) return ''
    if (typeof value !== 'string') throw mistyped('string', value)
    return value
  },
  write: (value) => value,
  isEmpty: (value) => value === '',
  merge: (base, override) => override || base,
}

export const truth: Kind<boolean> = {
  read: (value) => {
    if (typeof value !== 'boolean') throw mistyped('bool', value)
    return value
  },
  write: (value) => value,
  isEmpty: (value) => !value,
  // What is true in the first file cannot become false in the second.
  merge: (base, override) => override || base,
}

/** An integer of 64 bits; a float is cut off. */
export const integer: Kind<Int64> = {
  read: (value) => int64(integerOf(value, 'int64')),
  write: (value) => BigInt(value),
  isEmpty: (value) => Number(value) === 0,
  merge: (base, override) => override || base,
}

export const unsigned: Kind<Int64> = {
  ...integer,
  read: (value) => {
    const read = integerOf(value, 'uint64')
    if (Number(value) >= 0) return int64(read)
    const digits = typeof value === 'number' ? value.toFixed(6) : print(value)
    throw new Error(`cannot parse value as 'uint64': ${digits} overflows uint`)
  },
}

/** A count of which zero is not the same as none. */
export const count: Kind<Int64> = { ...set(unsigned), merge: (base, override) => override ?? base }

/** An unsigned integer of which 32 bits are kept. */
export const unsigned32: Kind<number> = {
  read: (value) => Number(BigInt.asUintN(32, BigInt(unsigned.read(value)))),
  write: (value) => BigInt(value),
  isEmpty: (value) => value === 0,
  merge: (base, override) => override || base,
}

export const float32: Kind<number> = {
  read: (value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') throw mistyped('float32', value)
    return Math.fround(Number(value))
  },
  // Its own shortest digits, which those of 64 bits are not.
  write: (value) => Number(formatFloat(value, 'g', -1, 32)),
  isEmpty: (value) => value === 0,
  merge: (base, override) => override || base,
}

export const duration: Kind<Duration> = {
  read: (value) => {
    if (typeof value !== 'string') throw new Error(`invalid type ${goType(value)} for duration`)
    return parseDuration(value)
  },
  write: formatDuration,
  isEmpty: (value) => value === 0n,
  merge: (base, override) => override || base,
}

/** A size in bytes, written as text. */
export const size: Kind<Int64> = {
  read: (value) => (typeof value === 'bigint' ? int64(value) : parseBytes(text.read(value))),
  write: (value) => String(value),
  isEmpty: (value) => Number(value) === 0,
  merge: (base, override) => override || base,
}

export const texts = list(text)
export const textMap: Kind<StringMap> = short(
  mapOf<string>(text, () => ''),
  (value) => {
    if (!isMap(value)) throw new Error(`invalid type ${goType(value)} for map[string]string`)
    return printedMap(value)
  },
)

/** A text stands for a list of it; what is neither a text nor a list is told of as no list. */
const textsOr = (expand: (line: string) => string[], name: string): Kind<string[]> =>
  short(texts, (value) => {
    if (typeof value === 'string') return expand(value)
    if (!Array.isArray(value)) throw new Error(`invalid type ${goType(value)} for ${name}`)
    return value
  })

/** One text or several. */
export const textOrTexts = textsOr((line) => [line], 'string list')
export const textsOrNumbers = short(texts, (value) => (Array.isArray(value) ? value.map(print) : value))
export const command: Kind<string[]> = {
  ...short(texts, (value) => (typeof value === 'string' ? splitWords(value) : value)),
  merge: (base, override = []) => (override.length === 0 ? base : override),
}
export const healthTest = textsOr((line) => ['CMD-SHELL', line], 'healthcheck.test')

/** `name=value` texts or a mapping; a name alone has no value, which `labels` make an empty one. */
export const environment: Kind<NullableMap> = short(
  // A value that is empty does not go before one that is not.
  mapOf<string, null>(
    text,
    () => null,
    (base, override) => override || base || override,
  ),
  (value) => pairsOf(value, null),
)
export const labels: Kind<StringMap> = short(
  mapOf<string>(text, () => ''),
  (value) => pairsOf(value, ''),
)

/** `host=ip` or `host:ip` texts, or a mapping; the brackets of an IPv6 address go. */
export const hosts: Kind<string[]> = short(texts, (value) => {
  const pairs = isMap(value)
    ? Object.entries(value)
        .flatMap(([host, ip]) => (ip === null ? [] : [`${host}:${print(ip)}`]))
        .toSorted()
    : (value as YamlValue[]).flatMap((entry) => hostOf(print(entry)))
  return pairs.map((pair) => {
    const { before: host, after: ip } = cut(pair, ':')
    return `${host}:${/^\[.+\]$/.test(ip) ? ip.slice(1, -1) : ip}`
  })
})

function hostOf(entry: string): string[] {
  const separator = ['=', ':'].find((char) => entry.includes(char))
  if (separator === undefined) return []
  const { before, after } = cut(entry, separator)
  return [`${before}:${after}`]
}

function pairsOf(value: YamlValue, missing: '' | null): YamlMap {
  if (isMap(value)) return missing === null ? printedMap(value, null) : printedMap(value)
  const result = dictionary<YamlValue>()
  for (const entry of value as YamlValue[]) {
    const { before, after, found } = cut(text.read(entry), '=')
    result[before] = found ? after : missing
  }
  return result
}

function printedMap(map: YamlMap, missing: '' | null = ''): YamlMap {
  const entries = Object.entries(map).map(([key, value]) => [key, value === null ? missing : print(value)])
  return dictionary(Object.fromEntries(entries) as YamlMap)
}

function integerOf(value: YamlValue, type: string): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(truncateToInt64(value))
  throw mistyped(type, value)
}

function mistyped(expected: string, value: YamlValue): Error {
  return new Error(`expected type '${expected}', got unconvertible type '${goType(value)}'`)
}
