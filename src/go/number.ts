import { dictionary } from './dictionary.ts'

/** strconv's number formatting: exact where JavaScript's own differs (ties, large values, exponents of two digits). */

/** The digits of a finite float: 0.d1d2d3... * 10^point. */
interface Decimal {
  digits: string
  point: number
}

/**
 * strconv.FormatFloat for the formats e E f g G b x X; `precision` -1 asks for the shortest text that reads back as the
 * same number of `bits` (32 or 64).
 */
export function formatFloat(n: number, format: string, precision: number, bits = 64): string {
  const v = bits === 32 ? Math.fround(n) : n
  if (Number.isNaN(v)) return 'NaN'
  if (!Number.isFinite(v)) return v > 0 ? '+Inf' : '-Inf'
  const sign = v < 0 || Object.is(v, -0) ? '-' : ''
  const abs = Math.abs(v)
  if (format === 'b') return sign + binary(abs, bits)
  if (format === 'x' || format === 'X') {
    const text = hexadecimal(abs, precision)
    return sign + (format === 'X' ? text.toUpperCase() : text)
  }
  const lower = format.toLowerCase()
  const shortest = precision < 0
  let decimal = shortest ? shortestDecimal(abs, bits) : exactDecimal(abs)
  if (!shortest) {
    if (lower === 'e') decimal = round(decimal, precision + 1)
    else if (lower === 'f') decimal = round(decimal, decimal.point + precision)
    else decimal = round(decimal, precision || 1)
  }
  const { digits, point } = decimal
  let text: string
  if (lower === 'f') text = plain(decimal, shortest ? Math.max(digits.length - point, 0) : precision)
  else if (lower === 'e') text = exponent(decimal, shortest ? digits.length - 1 : precision)
  else {
    let threshold = shortest ? 6 : precision || 1
    if (!shortest && threshold > digits.length && digits.length >= point) threshold = digits.length
    const exp = point - 1
    text =
      exp < -4 || exp >= threshold
        ? exponent(decimal, Math.max(digits.length, 1) - 1)
        : plain(decimal, Math.max(digits.length - point, 0))
  }
  return sign + (format === format.toUpperCase() ? text.toUpperCase() : text)
}

function plain({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (precision <= 0) return whole
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`
}

function exponent({ digits, point }: Decimal, precision: number): string {
  const exp = digits === '' ? 0 : point - 1
  const fraction = digits.slice(1).padEnd(precision, '0')
  const text = (digits[0] ?? '0') + (precision > 0 ? `.${fraction}` : '')
  return `${text}e${exp < 0 ? '-' : '+'}${String(Math.abs(exp)).padStart(2, '0')}`
}

function shortestDecimal(v: number, bits: number): Decimal {
  if (v === 0) return { digits: '', point: 0 }
  let text = v.toExponential()
  if (bits === 32) {
    for (let n = 0; n < 9; n++) {
      text = v.toExponential(n)
      if (Math.fround(Number(text)) === Math.fround(v)) break
    }
  }
  const [mantissa = '', exp = ''] = text.split('e')
  return { digits: mantissa.replace('.', '').replace(/0+$/, ''), point: Number(exp) + 1 }
}

/** mantissa * 2^exp */
function split(v: number, bits = 64): { mantissa: bigint; exp: number } {
  const view = new DataView(new ArrayBuffer(8))
  if (bits === 32) {
    view.setFloat32(0, v)
    const word = view.getUint32(0)
    const biased = (word >>> 23) & 0xff
    const fraction = BigInt(word & 0x7fffff)
    return biased === 0 ? { mantissa: fraction, exp: -149 } : { mantissa: fraction | (1n << 23n), exp: biased - 150 }
  }
  view.setFloat64(0, v)
  const word = view.getBigUint64(0)
  const biased = Number((word >> 52n) & 0x7ffn)
  const fraction = word & 0xfffffffffffffn
  return biased === 0 ? { mantissa: fraction, exp: -1074 } : { mantissa: fraction | (1n << 52n), exp: biased - 1075 }
}

function exactDecimal(v: number): Decimal {
  if (v === 0) return { digits: '', point: 0 }
  const { mantissa, exp } = split(v)
  const scaled = exp >= 0 ? mantissa << BigInt(exp) : mantissa * 5n ** BigInt(-exp)
  const digits = scaled.toString()
  return { digits: digits.replace(/0+$/, ''), point: digits.length + Math.min(exp, 0) }
}

/** To `n` digits, half to even. */
function round({ digits, point }: Decimal, n: number): Decimal {
  if (n < 0) return { digits: '', point: 0 }
  if (n >= digits.length) return { digits, point }
  const rest = digits.slice(n)
  const half = rest[0] === '5' && !/[1-9]/.test(rest.slice(1))
  const up = half ? n > 0 && Number(digits[n - 1]) % 2 === 1 : (rest[0] as string) >= '5'
  const kept = digits.slice(0, n)
  if (!up) {
    const trimmed = kept.replace(/0+$/, '')
    return { digits: trimmed, point: trimmed === '' ? 0 : point }
  }
  const raised = (BigInt(kept || '0') + 1n).toString().padStart(n, '0')
  return { digits: raised.replace(/0+$/, ''), point: point + raised.length - n }
}

function binary(v: number, bits: number): string {
  const { mantissa, exp } = split(v, bits)
  return `${mantissa}p${exp < 0 ? '' : '+'}${exp}`
}

function hexadecimal(v: number, precision: number): string {
  let { mantissa, exp } = split(v)
  if (mantissa === 0n) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`
  // Normalised to 1.fraction with 60 fraction bits.
  exp += 60
  while (mantissa < 1n << 60n) {
    mantissa <<= 1n
    exp--
  }
  if (precision >= 0 && precision < 15) {
    const shift = BigInt(60 - 4 * precision)
    const extra = mantissa & ((1n << shift) - 1n)
    mantissa >>= shift
    const half = 1n << (shift - 1n)
    if (extra > half || (extra === half && (mantissa & 1n) === 1n)) mantissa++
    mantissa <<= shift
    if (mantissa >> 61n) {
      mantissa >>= 1n
      exp++
    }
  }
  let fraction = (mantissa & ((1n << 60n) - 1n)).toString(16).padStart(15, '0')
  fraction = precision < 0 ? fraction.replace(/0+$/, '') : fraction.slice(0, precision).padEnd(precision, '0')
  const text = String(Math.abs(exp)).padStart(2, '0')
  return `0x1${fraction ? `.${fraction}` : ''}p${exp < 0 ? '-' : '+'}${text}`
}

/** The usual raw form of a 64-bit integer: a number where that is exact. */
export function toInt(n: bigint): number | bigint {
  return n >= -9007199254740991n && n <= 9007199254740991n ? Number(n) : n
}

const limits = dictionary<[bigint, bigint]>()

/** Whether the integer fits Go's type of this kind. */
export function fits(n: bigint, kind: string): boolean {
  limits[kind] ??= limitsOf(kind)
  const [low, high] = limits[kind]
  return n >= low && n <= high
}

function limitsOf(kind: string): [bigint, bigint] {
  const bits = BigInt(/\d+$/.exec(kind)?.[0] ?? 64)
  return kind.startsWith('u') ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
}

export function isIntKind(kind: string): boolean {
  return kind.startsWith('int') && kind !== 'interface'
}

export function isUintKind(kind: string): boolean {
  return kind.startsWith('uint')
}
