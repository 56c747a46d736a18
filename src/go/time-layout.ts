import type { Instant } from './instant.ts'
import { quoteBytes } from './quote.ts'

/** Unix seconds, rounded down, and the nanoseconds after them. */
type UnixTime = Pick<Instant, 'seconds' | 'nanoseconds'>

interface Fields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  nanoseconds: number
  offset: number
}

/**
 * Reads a time by a Go layout made of `2006 01 02 15 04 05 .999999999 Z07:00` and other text; `zone` is the offset in seconds
 * for a layout without one. Throws with the message of Go's time.Parse.
 */
export function parseTime(layout: string, text: string, zone: number): UnixTime {
  const fields: Fields = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanoseconds: 0, offset: zone }
  const elements = layout.split(/(2006|01|02|15|04|05|\.999999999|Z07:00)/)
  let rest = text
  for (const [index, element] of elements.entries()) {
    const held = rest
    const cannot = (value: string) =>
      new Error(
        `parsing time ${quoteBytes(text)} as ${quoteBytes(layout)}: cannot parse ${quoteBytes(value)} as ${quoteBytes(element)}`,
      )
    if (index % 2 === 0) rest = skip(element, rest, cannot)
    else {
      const after = readers[element]!(rest, fields, elements[index + 2] === '.999999999')
      if (after === undefined) throw cannot(held)
      if (typeof after !== 'string')
        throw new Error(`parsing time ${quoteBytes(text)}: ${after.outOfRange} out of range`)
      rest = after
    }
  }
  if (rest !== '') throw new Error(`parsing time ${quoteBytes(text)}: extra text: ${quoteBytes(rest)}`)
  return toInstant(fields, text)
}

/** Gives what is left of the text; nothing if the text does not fit; or the name of what is too large. */
type Reader = (text: string, fields: Fields, fractionFollows: boolean) => string | undefined | { outOfRange: string }

const readers: Record<string, Reader> = {
  '2006': (text, fields) => {
    const digits = /^\d[-+\d]?\d{2}/.exec(text)?.[0]
    if (digits === undefined || !/^\d{4}/.test(text)) return undefined
    fields.year = Number(digits)
    return text.slice(4)
  },
  '01': (text, fields) => twoDigits(text, (value) => (fields.month = value), 'month', 1, 12),
  '02': (text, fields) => twoDigits(text, (value) => (fields.day = value), 'day', 0, 99),
  '15': (text, fields) => {
    const digits = /^\d{1,2}/.exec(text)?.[0]
    if (digits === undefined) return undefined
    fields.hour = Number(digits)
    return fields.hour > 23 ? { outOfRange: 'hour' } : text.slice(digits.length)
  },
  '04': (text, fields) => twoDigits(text, (value) => (fields.minute = value), 'minute', 0, 59),
  '05': (text, fields, fractionFollows) => {
    const after = twoDigits(text, (value) => (fields.second = value), 'second', 0, 59)
    return typeof after === 'string' && !fractionFollows ? fraction(after, fields) : after
  },
  '.999999999': (text, fields) => fraction(text, fields),
  'Z07:00': (text, fields) => {
    if (text.startsWith('Z')) {
      fields.offset = 0
      return text.slice(1)
    }
    const [matched, sign, hours, minutes] = /^([-+])(\d\d):(\d\d)/.exec(text) ?? []
    if (matched === undefined) return undefined
    if (Number(hours) > 24) return { outOfRange: 'time zone offset hour' }
    if (Number(minutes) > 60) return { outOfRange: 'time zone offset minute' }
    fields.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
    return text.slice(matched.length)
  },
}

function twoDigits(
  text: string,
  set: (value: number) => void,
  name: string,
  from: number,
  to: number,
): ReturnType<Reader> {
  if (!/^\d\d/.test(text)) return undefined
  const value = Number(text.slice(0, 2))
  set(value)
  return value < from || value > to ? { outOfRange: name } : text.slice(2)
}

/** Reads a fraction of any length, after a point or a comma; nanoseconds count. */
function fraction(text: string, fields: Fields): string {
  const [matched = '', digits = ''] = /^[.,](\d+)/.exec(text) ?? []
  if (matched !== '') fields.nanoseconds = Number(digits.slice(0, 9).padEnd(9, '0'))
  return text.slice(matched.length)
}

function skip(literal: string, text: string, cannot: (value: string) => Error): string {
  let common = 0
  while (common < literal.length && literal[common] === text[common]) common++
  if (common < literal.length) throw cannot(text.slice(common))
  return text.slice(common)
}

function toInstant(fields: Fields, text: string): UnixTime {
  const date = new Date(0)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day)
  if (fields.day < 1 || date.getUTCMonth() !== fields.month - 1) {
    throw new Error(`parsing time ${quoteBytes(text)}: day out of range`)
  }
  date.setUTCHours(fields.hour, fields.minute, fields.second)
  return { seconds: date.getTime() / 1000 - fields.offset, nanoseconds: fields.nanoseconds }
}
