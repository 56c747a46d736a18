import { quote } from './quote.ts'

/** A 64-bit integer: a number where that is exact, a bigint beyond 2^53. */
export type Int64 = number | bigint

/** A number that could not be read. Its `reason` is the part that some grammars put in a message of their own (Go strconv.NumError). */
export class NumberError extends Error {
  override readonly name = 'NumberError'
  readonly reason: NumberErrorReason
  constructor(parser: string, text: string, reason: NumberErrorReason) {
    super(`strconv.${parser}: parsing ${quote(text)}: ${reason}`)
    this.reason = reason
  }
}

export type NumberErrorReason = 'invalid syntax' | 'value out of range'

/** `base` 0 takes the base from a prefix (0x, 0o, 0b, a leading 0) and allows underscores; flags use 0, most grammars 10. */
export interface IntegerRules {
  base?: 0 | 8 | 10
  bits?: 16 | 32 | 64
}

/** Takes a signed integer's text; throws NumberError (Go strconv.ParseInt). */
export function parseInteger(text: string, { base = 10, bits = 64 }: IntegerRules = {}): Int64 {
  return signed('ParseInt', text, base, bits)
}

/** Takes an unsigned integer's text; throws NumberError (Go strconv.ParseUint). */
export function parseUnsigned(text: string, { base = 10, bits = 64 }: IntegerRules = {}): Int64 {
  const value = magnitude('ParseUint', text, text, base)
  if (value >= 1n << BigInt(bits)) throw new NumberError('ParseUint', text, 'value out of range')
  return int64(value)
}

/** Takes a decimal integer's text; throws NumberError in the name of Go's strconv.Atoi. */
export function parseDecimal(text: string): Int64 {
  return signed('Atoi', text, 10, 64)
}

/** Gives a bigint as a number where no digit is lost. */
export function int64(value: bigint): Int64 {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

/** Gives the integer part of a float as an int64; what does not fit becomes the smallest one, as Go's conversion does on x86-64. */
export function truncateToInt64(value: number): Int64 {
  if (!(value > -(2 ** 63) && value < 2 ** 63)) return -(1n << 63n)
  return int64(BigInt(Math.trunc(value)))
}

function signed(parser: string, text: string, base: number, bits: number): Int64 {
  const negative = text.startsWith('-')
  const value = magnitude(parser, text, negative || text.startsWith('+') ? text.slice(1) : text, base)
  const limit = 1n << BigInt(bits - 1)
  if (negative ? value > limit : value >= limit) throw new NumberError(parser, text, 'value out of range')
  return int64(negative ? -value : value)
}

const digitsOf: Record<number, RegExp> = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[\da-f]+$/i }
const prefixOf: Record<number, string> = { 2: '0b', 8: '0o', 10: '', 16: '0x' }

function magnitude(parser: string, whole: string, text: string, base: number): bigint {
  let digits = text
  let radix = base
  if (base === 0) {
    radix = 10
    const prefix = /^0([box])(?=.)/i.exec(text)
    if (prefix) {
      radix = { b: 2, o: 8, x: 16 }[prefix[1]!.toLowerCase()]!
      digits = text.slice(2)
    } else if (text.startsWith('0') && text.length > 1) {
      radix = 8
      digits = text.slice(1)
    }
    // An underscore stands between two digits, or between a prefix and a digit.
    if (/^_|__|_$/.test(radix === 10 ? digits : `0${digits}`)) digits = ''
    digits = digits.replaceAll('_', '')
  }
  if (!digitsOf[radix]!.test(digits)) throw new NumberError(parser, whole, 'invalid syntax')
  return BigInt(prefixOf[radix] + digits)
}
