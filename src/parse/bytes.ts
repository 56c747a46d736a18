import { NumberError, type Int64, truncateToInt64 } from '../go/int.ts'

const exponents: Record<string, number> = { k: 1, m: 2, g: 3, t: 4, p: 5 }

/** Takes a size such as `512m` or `1.5GiB` in binary units and gives bytes; throws in go-units' words (go-units RAMInBytes). */
export function parseBytes(text: string): Int64 {
  return parseSize(text, 1024)
}

/** Takes a size such as `44kB` in decimal units and gives bytes (go-units FromHumanSize). */
export function parseDecimalBytes(text: string): Int64 {
  return parseSize(text, 1000)
}

/** Takes `--memory-swap`: as parseBytes, with `-1` for no limit (docker/cli opts MemSwapBytes). */
export function parseSwapBytes(text: string): Int64 {
  return text === '-1' ? -1 : parseBytes(text)
}

function parseSize(text: string, base: number): Int64 {
  const end = text.search(/[\d. ][^\d. ]*$/)
  if (end < 0) throw new Error(`invalid size: '${text}'`)
  const number = text[end] === ' ' ? text.slice(0, end) : text.slice(0, end + 1)
  const suffix = text.slice(end + 1)
  const size = parseFloat64(number)
  if (size < 0) throw new Error(`invalid size: '${text}'`)
  if (suffix === '') return truncateToInt64(size)
  // The length limit counts bytes and comes before the lower-casing.
  if (Buffer.byteLength(suffix) > 3) throw new Error(`invalid suffix: '${suffix}'`)
  const unit = suffix.toLowerCase()
  if (unit === 'b') return truncateToInt64(size)
  if (!/^[kmgtp](b|ib)?$/.test(unit)) throw new Error(`invalid suffix: '${unit}'`)
  return truncateToInt64(size * base ** exponents[unit[0]!]!)
}

/** Takes a float's text: decimal, hexadecimal, `inf`, `nan`; throws NumberError (Go strconv.ParseFloat). */
export function parseFloat64(text: string): number {
  const special = /^([-+]?)(inf|infinity)$/i.exec(text)
  if (special) return special[1] === '-' ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return NaN
  const isDecimal = /^[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+(_\d+)*)?$/i.test(text)
  const value = isDecimal ? Number(text.replaceAll('_', '')) : hexFloat(text)
  if (!Number.isFinite(value)) throw new NumberError('ParseFloat', text, 'value out of range')
  return value
}

/** Takes a float's text and rounds it to 32 bits; throws NumberError (Go strconv.ParseFloat with 32). */
export function parseFloat32(text: string): number {
  const value = parseFloat64(text)
  const rounded = Math.fround(value)
  if (Number.isFinite(value) && !Number.isFinite(rounded))
    throw new NumberError('ParseFloat', text, 'value out of range')
  return rounded
}

function hexFloat(text: string): number {
  const match = /^([-+]?)0x(_?[\da-f_]*)\.?([\da-f_]*)p([-+]?\d+)$/i.exec(text)
  const digits = `${match?.[2] ?? ''}.${match?.[3] ?? ''}`
  if (!match || !/[\da-f]/i.test(digits) || /__|_\.|\._|_$/.test(digits))
    throw new NumberError('ParseFloat', text, 'invalid syntax')
  const whole = digits.replace(/[._]/g, '')
  const shift = match[3]!.replaceAll('_', '').length * 4
  const value = Number(BigInt(`0x${whole}`)) * 2 ** (Number(match[4]) - shift)
  return match[1] === '-' ? -value : value
}
