import { parseDuration } from '../go/duration.ts'
import { parseInteger } from '../go/int.ts'
import { quote } from '../go/quote.ts'
import { parseTime } from '../go/time-layout.ts'

/**
 * Takes `--since` or `--until` as a duration before `now`, a date or time with or without zone, or Unix seconds, and gives Unix
 * seconds, with nanoseconds where a time was given (moby/client GetTimestamp). `now` also gives the local zone.
 */
export function parseTimestamp(text: string, now: Date): string {
  const ago = text === '0' ? undefined : attempt(() => parseDuration(text))
  if (ago !== undefined) return String(floorDivide(BigInt(now.getTime()) * 1_000_000n - ago, 1_000_000_000n))
  const isLocal = !/[zZ+]/.test(text) && text.split('-').length !== 4
  try {
    const zone = isLocal ? -now.getTimezoneOffset() * 60 : 0
    const { seconds, nanoseconds } = parseTime(layoutOf(text, isLocal), text, zone)
    return `${seconds}.${String(nanoseconds).padStart(9, '0')}`
  } catch (error) {
    if (text.includes('-')) throw error
    if (!isUnixTime(text)) throw new Error(`failed to parse value as time or duration: ${quote(text)}`)
    return text
  }
}

function layoutOf(text: string, isLocal: boolean): string {
  const zone = isLocal ? '' : 'Z07:00'
  if (text.includes('.')) return `2006-01-02T15:04:05.999999999${zone}`
  if (!text.includes('T')) return `2006-01-02${zone}`
  let colons = text.split(':').length - 1
  // A numeric zone has a colon of its own.
  if (!isLocal && !/[zZ]/.test(text) && colons > 0) colons--
  return `2006-01-02T15${[':04', ''][1 - Math.min(colons, 1)]}${colons > 1 ? ':05' : ''}${zone}`
}

function isUnixTime(text: string): boolean {
  return text.split(/\.(.*)/s, 2).every((part) => attempt(() => parseInteger(part)) !== undefined)
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}
