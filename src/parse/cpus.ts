import { type Int64, int64 } from '../go/int.ts'

const billion = 1_000_000_000n
const largestExponent = 1_000_000n

/** Takes `--cpus` as a decimal number or a fraction and gives billionths of a CPU, exactly (docker/cli opts ParseCPUs). */
export function parseCpus(text: string): Int64 {
  const ratio = text.includes('/') ? fractionOf(text) : decimalOf(text)
  if (!ratio) throw new Error(`failed to parse ${text} as a rational number`)
  const scaled = ratio.numerator * billion
  if (scaled % ratio.denominator !== 0n) throw new Error('value is too precise')
  return int64(BigInt.asIntN(64, scaled / ratio.denominator))
}

interface Ratio {
  numerator: bigint
  denominator: bigint
}

function fractionOf(text: string): Ratio | undefined {
  const [, sign, dividend = '', divisor = ''] = /^([-+]?)([^/]*)\/(.*)$/s.exec(text) ?? []
  const numerator = integerOf(dividend)
  const denominator = integerOf(divisor)
  if (numerator === undefined || !denominator) return undefined
  return { numerator: sign === '-' ? -numerator : numerator, denominator }
}

function integerOf(text: string): bigint | undefined {
  const [, prefix = '', digits = ''] = /^(0[box]?(?=.))?(.*)$/is.exec(text) ?? []
  if (!/^(_?[\da-f]+)(_[\da-f]+)*$/i.test(prefix === '' ? digits.replace(/^_/, '!') : digits)) return undefined
  const radix = prefix.length === 1 ? '0o' : prefix
  try {
    return BigInt(radix + digits.replaceAll('_', ''))
  } catch {
    return undefined
  }
}

const mantissas: { pattern: RegExp; prefix: string; bits: number }[] = [
  { pattern: /^0b_?([01_]*)\.?([01_]*)(.*)$/is, prefix: '0b', bits: 1 },
  { pattern: /^0o_?([0-7_]*)\.?([0-7_]*)(.*)$/is, prefix: '0o', bits: 3 },
  { pattern: /^0x_?([\da-f_]*)\.?([\da-f_]*)(.*)$/is, prefix: '0x', bits: 4 },
  { pattern: /^([\d_]*)\.?([\d_]*)(.*)$/s, prefix: '', bits: 0 },
]

function decimalOf(text: string): Ratio | undefined {
  const unsigned = text.replace(/^[-+]/, '')
  const { pattern, prefix, bits } = mantissas.find((candidate) => candidate.pattern.test(unsigned))!
  const [, whole = '', fraction = '', tail = ''] = pattern.exec(unsigned)!
  const [, kind = '', exponentText = '0'] = /^(?:([ep])([-+]?\d+(?:_\d+)*))?$/i.exec(tail) ?? ['', 'bad']
  if (kind === 'bad' || whole + fraction === '' || /^_|__|_$/.test(whole) || /^_|__|_$/.test(fraction)) return undefined
  const places = BigInt(fraction.replaceAll('_', '').length)
  const exponent = BigInt(exponentText.replace(/^\+/, '').replaceAll('_', ''))
  const mantissa = BigInt(prefix + (whole + fraction).replaceAll('_', ''))
  const isBinary = kind.toLowerCase() === 'p'
  const tens = (isBinary ? 0n : exponent) - (bits === 0 ? places : 0n)
  const twos = (isBinary ? exponent : 0n) - places * BigInt(bits)
  if (mantissa === 0n) return { numerator: 0n, denominator: 1n }
  if ([tens, twos].some((power) => power > largestExponent || power < -largestExponent)) return undefined
  const up = 10n ** max(tens) * 2n ** max(twos)
  const down = 10n ** max(-tens) * 2n ** max(-twos)
  return { numerator: (text.startsWith('-') ? -mantissa : mantissa) * up, denominator: down }
}

function max(power: bigint): bigint {
  return power > 0n ? power : 0n
}
