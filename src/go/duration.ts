/** Go's time.Duration: nanoseconds in 64 bits. */
import { toInt } from './number.ts'
import { toBytes } from './strings.ts'
import { float64, int64, method, named, str, type Type } from './types.ts'

type Nanoseconds = number | bigint

const units: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  '\u00B5s': 1_000n,
  '\u03BCs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

/** Duration.String(): `1h15m30.918s`, `1.5ms`, `0s`. */
export function formatDuration(nanoseconds: Nanoseconds): string {
  const signed = BigInt(nanoseconds)
  const sign = signed < 0n ? '-' : ''
  const n = signed < 0n ? -signed : signed
  if (n === 0n) return '0s'
  if (n < 1_000n) return `${sign}${n}ns`
  if (n < 1_000_000n) return `${sign}${fraction(n, 3)}\u00B5s`
  if (n < 1_000_000_000n) return `${sign}${fraction(n, 6)}ms`
  const minutes = n / 60_000_000_000n
  const seconds = `${fraction(n % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return sign + seconds
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`
}

function fraction(n: bigint, digits: number): string {
  const text = n.toString().padStart(digits + 1, '0')
  const tail = text.slice(-digits).replace(/0+$/, '')
  return text.slice(0, -digits) + (tail ? `.${tail}` : '')
}

/** time.ParseDuration; throws an Error such as `time: unknown unit "x" in duration "1x"`. */
export function parseDuration(text: string): Nanoseconds {
  const fail = (what: string): never => {
    throw new Error(`time: ${what} ${timeQuote(text)}`)
  }
  const negative = text.startsWith('-')
  let rest = text.replace(/^[+-]/, '')
  if (rest === '0') return 0
  if (rest === '') fail('invalid duration')
  let total = 0n
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest)
    const [all = '', whole = '', decimals = '', unit = ''] = match ?? []
    if (whole === '' && decimals === '') fail('invalid duration')
    if (unit === '') fail('missing unit in duration')
    const scale = units[unit] ?? fail(`unknown unit ${timeQuote(unit)} in duration`)
    total += BigInt(whole || '0') * scale + fractionOf(decimals, scale)
    if (total > 1n << 63n) fail('invalid duration')
    rest = rest.slice(all.length)
  }
  if (!negative && total === 1n << 63n) fail('invalid duration')
  return toInt(negative ? -total : total)
}

/** Through a float, as in Go: of the digits as many count as fit 63 bits. */
function fractionOf(decimals: string, scale: bigint): bigint {
  let digits = decimals.slice(0, 19)
  if (BigInt(digits || '0') > 1n << 63n) digits = digits.slice(0, -1)
  return BigInt(Math.trunc(Number(digits) * (Number(scale) / 10 ** digits.length)))
}

/** How package time quotes text in its errors: bytes beyond ASCII as \x. */
export function timeQuote(text: string): string {
  let out = ''
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte)
    if (byte < 0x20 || byte >= 0x80) out += `\\x${byte.toString(16).padStart(2, '0')}`
    else out += char === '"' || char === '\\' ? `\\${char}` : char
  }
  return `"${out}"`
}

/** Whole units and the rest apart, as Go rounds. */
function inUnits(unit: bigint): (n: Nanoseconds) => number {
  return (n) => Number(BigInt(n) / unit) + Number(BigInt(n) % unit) / Number(unit)
}

export const duration: Type = named('time.Duration', int64, {
  String: method(str, formatDuration),
  Nanoseconds: method(int64, (n: Nanoseconds) => n),
  Microseconds: method(int64, (n: Nanoseconds) => toInt(BigInt(n) / 1_000n)),
  Milliseconds: method(int64, (n: Nanoseconds) => toInt(BigInt(n) / 1_000_000n)),
  Seconds: method(float64, inUnits(1_000_000_000n)),
  Minutes: method(float64, inUnits(60_000_000_000n)),
  Hours: method(float64, inUnits(3_600_000_000_000n)),
})
