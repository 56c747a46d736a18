/**
 * Go's time.Time, whose raw form is RFC 3339 text with up to nine decimals, as it stands on the wire.
 * `Instant` is its parsed form.
 */
import type { Instant } from './instant.ts'
import { utc, type Zone } from './zone.ts'
import { duration } from './duration-type.ts'
import { quoteBytes } from './quote.ts'
import { bool, int, int64, method, str, textual, type Method, type Type } from './types.ts'
import { toInt } from './number.ts'
import { formatTime } from './layout.ts'

const zeroTime = '0001-01-01T00:00:00Z'

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/

/** Reads RFC 3339 text; `undefined` when it is none. With an offset that is the local zone's, it is in that zone. */
export function parseRFC3339(text: string, local: Zone = utc): Instant | undefined {
  const match = rfc3339.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const zone = match[8] as string
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) {
    return undefined
  }
  const offset = zone === 'Z' ? 0 : offsetOf(zone)
  if (offset === undefined) return undefined
  const seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  const nanoseconds = Number((match[7] ?? '').slice(0, 9).padEnd(9, '0'))
  if (zone === 'Z') return { seconds, nanoseconds, offset: 0, zone: 'UTC' }
  const here = local(seconds)
  return { seconds, nanoseconds, offset, zone: here.offset === offset ? here.name : '' }
}

function offsetOf(zone: string): number | undefined {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  if (hours > 24 || minutes > 60) return undefined
  return (hours * 3600 + minutes * 60) * (zone[0] === '-' ? -1 : 1)
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

function daysSinceEpoch(year: number, month: number, day: number): number {
  // Whole cycles of 400 years keep the years 0 to 99 away from Date.UTC, which reads them as 1900 to 1999.
  return Date.UTC(year + 400, month - 1, day) / 86_400_000 - 146_097
}

/** time.Unix(seconds, nanoseconds) in a zone. */
export function unix(seconds: number, nanoseconds = 0, zone: Zone = utc): Instant {
  const { offset, name } = zone(seconds)
  return { seconds, nanoseconds, offset, zone: name }
}

/** Time.String(): `2006-01-02 15:04:05.999999999 -0700 MST`. */
export function timeString(instant: Instant): string {
  return formatTime(instant, '2006-01-02 15:04:05.999999999 -0700 MST')
}

/** time.RFC3339Nano */
export function formatRFC3339(instant: Instant): string {
  return formatTime(instant, '2006-01-02T15:04:05.999999999Z07:00')
}

/** The type time.Time where the local zone is `local`: the zone decides how offsets print. */
export function timeType(local: Zone): Type {
  const at = (raw: string): Instant => parseRFC3339(raw, local) ?? (parseRFC3339(zeroTime) as Instant)
  const text = (instant: Instant): string => formatRFC3339(instant)
  const self: Type = textual(
    'time.Time',
    {
      zero: zeroTime,
      onlyText: 'Time.UnmarshalJSON: input is not a JSON string',
      decode: (raw) => decodeTime(raw, local),
      compare: (a, b) => toSeconds(at(a)) - toSeconds(at(b)),
    },
    {
      String: method(str, (raw: string) => timeString(at(raw))),
      Format: method(str, (raw: string, layout: string) => formatTime(at(raw), layout), str),
      Unix: method(int64, (raw: string) => at(raw).seconds),
      UnixMilli: method(int64, (raw: string) => at(raw).seconds * 1000 + Math.floor(at(raw).nanoseconds / 1e6)),
      UnixMicro: method(int64, (raw: string) => toInt(nanos(at(raw)) / 1000n)),
      UnixNano: method(int64, (raw: string) => toInt(BigInt.asIntN(64, nanos(at(raw))))),
      IsZero: method(bool, (raw: string) => at(raw).seconds === at(zeroTime).seconds && at(raw).nanoseconds === 0),
      Nanosecond: method(int, (raw: string) => at(raw).nanoseconds),
      Second: method(int, (raw: string) => Number(formatTime(at(raw), '5'))),
      Minute: method(int, (raw: string) => Number(formatTime(at(raw), '4'))),
      Hour: method(int, (raw: string) => Number(formatTime(at(raw), '15'))),
      Day: method(int, (raw: string) => Number(formatTime(at(raw), '2'))),
      Year: method(int, (raw: string) => Number(formatTime(at(raw), '2006'))),
      YearDay: method(int, (raw: string) => Number(formatTime(at(raw), '__2'))),
    },
  )
  const methods: Record<string, Method> = { ...self.methods }
  const type: Type = { ...self, methods }
  methods['UTC'] = method(type, (raw: string) => text({ ...at(raw), offset: 0, zone: 'UTC' }))
  methods['Before'] = method(bool, (raw: string, other: string) => nanos(at(raw)) < nanos(at(other)), type)
  methods['After'] = method(bool, (raw: string, other: string) => nanos(at(raw)) > nanos(at(other)), type)
  methods['Equal'] = method(bool, (raw: string, other: string) => nanos(at(raw)) === nanos(at(other)), type)
  methods['Sub'] = method(duration, (raw: string, other: string) => toInt(nanos(at(raw)) - nanos(at(other))), type)
  return type
}

function nanos({ seconds, nanoseconds }: Instant): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)
}

function toSeconds({ seconds, nanoseconds }: Instant): number {
  return seconds + nanoseconds / 1e9
}

function decodeTime(raw: string, local: Zone): string {
  const instant = parseRFC3339(raw, local)
  if (instant) return formatRFC3339(instant)
  const fields = rfc3339.exec(raw)?.slice(2, 7).map(Number)
  if (!fields) {
    throw new Error(
      `parsing time ${quoteBytes(raw)} as "2006-01-02T15:04:05Z07:00": cannot parse ${quoteBytes(raw)} as "2006"`,
    )
  }
  const [month = 0, , hour = 0, minute = 0, second = 0] = fields
  const wrong =
    month < 1 || month > 12 ? 'month' : hour > 23 ? 'hour' : minute > 59 ? 'minute' : second > 59 ? 'second' : 'day'
  throw new Error(`parsing time ${quoteBytes(raw)}: ${wrong} out of range`)
}

/** time.Time where the local zone is UTC. */
export const time: Type = timeType(utc)
