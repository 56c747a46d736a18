/** Human-readable sizes and durations (docker/go-units). */

const decimal = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']

/** A size in units of 1000 with `precision` significant digits: `12.3MB` (go-units HumanSizeWithPrecision). */
export function humanSize(bytes: number, precision = 4): string {
  return scaled(bytes, 1000, decimal, precision)
}

/** A size in units of 1024: `1.944GiB` (go-units BytesSize). */
export function binarySize(bytes: number): string {
  return scaled(bytes, 1024, binary, 4)
}

// Go's Duration ends at 2^63 nanoseconds; what is longer stays there.
const longest = 2 ** 63 / 1e6

/** A span of time in round words: `3 weeks`, `About a minute` (go-units HumanDuration). */
export function humanDuration(milliseconds: number): string {
  const span = Math.min(milliseconds, longest)
  const seconds = Math.trunc(span / 1000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(span / 60_000)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.floor(span / 3_600_000 + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  const days = Math.floor(hours / 24)
  if (days < 14) return `${days} days`
  if (days < 60) return `${Math.floor(days / 7)} weeks`
  if (days < 730) return `${Math.floor(days / 30)} months`
  return `${Math.floor(Math.floor(span / 3_600_000) / 24 / 365)} years`
}

function scaled(size: number, base: number, units: readonly string[], precision: number): string {
  let rest = size
  let unit = 0
  while (rest >= base && unit < units.length - 1) {
    rest /= base
    unit++
  }
  return `${significant(rest, precision)}${units[unit]}`
}

/** Go's `%.*g`: half to even where JavaScript rounds up, no zeros at the end, exponents of two digits. */
function significant(value: number, precision: number): string {
  const [mantissa = '', exponent] = halfToEven(value, precision).toPrecision(precision).split('e')
  const digits = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return exponent === undefined ? digits : `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
}

function halfToEven(value: number, precision: number): number {
  // Sixty digits are all that a number of this size has, so a tie shows as one.
  const [mantissa = '', exponent] = value.toExponential(60).split('e')
  const end = mantissa.indexOf('.') + precision
  const isTie = /^50*$/.test(mantissa.slice(end))
  return isTie && Number(mantissa[end - 1]) % 2 === 0 ? Number(`${mantissa.slice(0, end)}e${exponent}`) : value
}
