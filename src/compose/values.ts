import { dictionary } from '../go/dictionary.ts'
import type { Instant } from '../go/instant.ts'
import { formatTime } from '../go/layout.ts'
import { formatFloat } from '../go/number.ts'
import { timeString } from '../go/time.ts'

/**
 * A value as the file has it: an integer is a bigint and a float a number, so that `1` and `1.0` stay apart; a Map is a mapping whose
 * keys are not all text.
 */
export type YamlValue = YamlScalar | YamlValue[] | YamlMap | Map<YamlValue, YamlValue>
export type YamlScalar = string | boolean | bigint | number | null | Timestamp
export interface YamlMap {
  [key: string]: YamlValue
}

/** A date or a time that the file has without quotes. */
export class Timestamp {
  readonly instant: Instant
  constructor(instant: Instant) {
    this.instant = instant
  }
  /** As YAML and JSON have it. */
  toString(): string {
    return formatTime(this.instant, '2006-01-02T15:04:05.999999999Z07:00')
  }
}

/** Whether a value is a mapping of texts. */
export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
}

/** The extensions `x-…` of a section. */
export function extrasOf(section: YamlMap): YamlMap {
  return dictionary(Object.fromEntries(Object.entries(section).filter(([key]) => key.startsWith('x-'))))
}

/** The text a value becomes where one is wanted (Go fmt.Sprint). */
export function print(value: YamlValue): string {
  if (typeof value === 'number') return formatFloat(value, 'g', -1)
  if (value instanceof Timestamp) return timeString(value.instant)
  if (value === null) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(print).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return `map[${entries.map(([key, item]) => `${print(key)}:${print(item)}`).join(' ')}]`
}

/** Go's type of a value, as messages name it. */
export function goType(value: YamlValue): string {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'float64'
  if (typeof value === 'bigint') return value >= 1n << 63n ? 'uint64' : 'int'
  if (value === null) return '<nil>'
  if (value instanceof Timestamp) return 'time.Time'
  if (Array.isArray(value)) return '[]interface {}'
  return value instanceof Map ? 'map[interface {}]interface {}' : 'map[string]interface {}'
}
