import { quoteBytes } from './quote.ts'
import { dictionary } from './dictionary.ts'

const units = dictionary({
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
})
const limit = 1n << 63n

/** Takes a duration such as `1h30m`, `-1.5s` or `0` and gives nanoseconds; throws with Go's message (Go time.ParseDuration). */
export function parseDuration(text: string): bigint {
  const [, sign, unsigned = ''] = /^([-+]?)(.*)$/s.exec(text) ?? []
  if (unsigned === '0') return 0n
  if (unsigned === '') throw invalid(text)
  let total = 0n
  for (let rest = unsigned; rest !== '';) {
    const [part, whole = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^.\d]*)/.exec(rest) ?? ['']
    if (whole === '' && fraction === '') throw invalid(text)
    if (BigInt(whole) > limit) throw invalid(text)
    if (unit === '') throw new Error(`time: missing unit in duration ${quoteBytes(text)}`)
    const scale = units[unit]
    if (scale === undefined) throw new Error(`time: unknown unit ${quoteBytes(unit)} in duration ${quoteBytes(text)}`)
    total += BigInt(whole) * scale + fractionOf(fraction, scale)
    if (total > limit) throw invalid(text)
    rest = rest.slice(part.length)
  }
  if (sign === '-') return -total
  if (total === limit) throw invalid(text)
  return total
}

/** Takes nanoseconds and gives the shortest text of hours, minutes and seconds, `1m30s` or `1.5ms` (Go time.Duration.String). */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const total = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (total < 1_000n) return `${sign}${total}ns`
  if (total < 1_000_000n) return `${sign}${decimal(total, 1_000n)}µs`
  if (total < 1_000_000_000n) return `${sign}${decimal(total, 1_000_000n)}ms`
  const minutes = total / units.m!
  let text = `${decimal(total % units.m!, units.s!)}s`
  if (minutes > 0n) text = `${minutes % 60n}m${text}`
  if (minutes >= 60n) text = `${minutes / 60n}h${text}`
  return sign + text
}

function fractionOf(digits: string, scale: bigint): bigint {
  let value = 0n
  let divisor = 1
  for (const digit of digits) {
    // Digits beyond 63 bits are dropped, as the reference drops them.
    if (value > (limit - 1n) / 10n || value * 10n + BigInt(digit) > limit) break
    value = value * 10n + BigInt(digit)
    divisor *= 10
  }
  return BigInt(Math.trunc(Number(value) * (Number(scale) / divisor)))
}

function decimal(value: bigint, unit: bigint): string {
  const fraction = (value % unit)
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '')
  return fraction === '' ? `${value / unit}` : `${value / unit}.${fraction}`
}

function invalid(text: string): Error {
  return new Error(`time: invalid duration ${quoteBytes(text)}`)
}
