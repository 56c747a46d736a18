/** How fmt writes numbers, characters and strings by flags, width and precision (fmt/format.go). */
import { formatFloat } from './number.ts'
import { isPrint, quote, quoteToAscii } from './quote.ts'
import { canBackquote } from './unquote.ts'
import { runeCount } from './strings.ts'

interface Flags {
  minus: boolean
  plus: boolean
  sharp: boolean
  space: boolean
  zero: boolean
  /** `%+v` and `%#v`. */
  plusV: boolean
  sharpV: boolean
}

const noFlags: Flags = {
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  plusV: false,
  sharpV: false,
}

export class Writer {
  text = ''
  flags: Flags = { ...noFlags }
  width: number | undefined
  precision: number | undefined
  clearFlags(): void {
    this.flags = { ...noFlags }
    this.width = undefined
    this.precision = undefined
  }

  /** What `%v` does to the flags + and #. */
  valueFlags(): void {
    this.flags.sharpV = this.flags.sharp
    this.flags.plusV = this.flags.plus
    this.flags.sharp = false
    this.flags.plus = false
  }

  hex(n: number | bigint, prefix: boolean): void {
    const { sharp } = this.flags
    this.flags.sharp = prefix
    this.digits(n, 16, 'v')
    this.flags.sharp = sharp
  }

  digits(n: number | bigint, base: number, verb: string): void {
    const { flags } = this
    const negative = n < 0
    let text = (negative ? -n : n).toString(base)
    if (verb === 'X') text = text.toUpperCase()
    let least = this.precision ?? 0
    if (this.precision === 0 && (n === 0 || n === 0n)) {
      this.padNoZero('')
      return
    }
    if (this.precision === undefined && flags.zero && !flags.minus && this.width !== undefined) {
      least = this.width - (negative || flags.plus || flags.space ? 1 : 0)
    }
    text = text.padStart(least, '0')
    if (flags.sharp) {
      if (base === 2) text = `0b${text}`
      else if (base === 8 && !text.startsWith('0')) text = `0${text}`
      else if (base === 16) text = (verb === 'X' ? '0X' : '0x') + text
    }
    if (verb === 'O') text = `0o${text}`
    this.padNoZero((negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '') + text)
  }

  unicode(n: number | bigint): void {
    const unsigned = BigInt.asUintN(64, BigInt(n))
    let text = `U+${unsigned
      .toString(16)
      .toUpperCase()
      .padStart(Math.max(this.precision ?? 4, 4), '0')}`
    if (this.flags.sharp && unsigned <= 0x10ffffn && isPrint(Number(unsigned))) {
      text += ` '${String.fromCodePoint(Number(unsigned))}'`
    }
    this.padNoZero(text)
  }

  floatText(n: number, format: string, preset: number, bits: number): void {
    const { flags } = this
    const precision = this.precision ?? preset
    let text = formatFloat(n, format, precision, bits)
    if (!/^[+-]/.test(text)) text = `+${text}`
    if (flags.space && text[0] === '+' && !flags.plus) text = ` ${text.slice(1)}`
    if (/^.[IN]/.test(text)) {
      this.padNoZero(text[1] === 'N' && !flags.space && !flags.plus ? text.slice(1) : trimPlus(text, flags.plus))
      return
    }
    if (flags.sharp && format !== 'b') text = withPoint(text, format, precision)
    const shown = trimPlus(text, flags.plus)
    const room = (this.width ?? 0) - shown.length
    if (shown.length === text.length && flags.zero && !flags.minus && room > 0) {
      this.text += shown[0] + '0'.repeat(room) + shown.slice(1)
    } else this.pad(shown)
  }

  string(s: string): void {
    this.pad(this.truncate(s))
  }

  truncate(s: string): string {
    return this.precision === undefined ? s : Array.from(s).slice(0, this.precision).join('')
  }

  quoted(s: string): void {
    const text = this.truncate(s)
    const quoted = this.flags.plus ? quoteToAscii(text) : quote(text)
    this.pad(this.flags.sharp && canBackquote(text) ? `\`${text}\`` : quoted)
  }

  hexBytes(all: Uint8Array, verb: string): void {
    const bytes = [...all.subarray(0, this.precision ?? all.length)]
    const { sharp, space } = this.flags
    const pairs = bytes.map((b) => b.toString(16).padStart(2, '0'))
    let text = space ? pairs.join(sharp ? ' 0x' : ' ') : pairs.join('')
    if (sharp && text) text = `0x${text}`
    this.pad(verb === 'X' ? text.toUpperCase() : text)
  }

  pad(s: string): void {
    const room = (this.width ?? 0) - (this.width ? runeCount(s) : 0)
    if (room <= 0) this.text += s
    else if (this.flags.minus) this.text += s + ' '.repeat(room)
    else this.text += (this.flags.zero ? '0' : ' ').repeat(room) + s
  }

  padNoZero(s: string): void {
    const { zero } = this.flags
    this.flags.zero = false
    this.pad(s)
    this.flags.zero = zero
  }
}

function trimPlus(text: string, plus: boolean): string {
  return text[0] === '+' && !plus ? text.slice(1) : text
}

/** The # flag on floats: always a decimal point, trailing zeros kept for %g. */
function withPoint(signed: string, format: string, precision: number): string {
  const hexadecimal = format === 'x' || format === 'X'
  const match = (hexadecimal ? /^(.)(.*?)([pP].*)?$/ : /^(.)(.*?)([eE].*)?$/).exec(signed) as RegExpExecArray
  const [, sign = '', mantissa = '', tail = ''] = match
  let digits = 'vgGx'.includes(format) ? (precision === -1 ? 6 : precision) : 0
  const counted = mantissa.replace(/^[0.xX]+/, '').replace('.', '').length
  digits -= hexadecimal ? mantissa.replace('.', '').replace(/^0+/, '').length : counted
  let out = mantissa
  if (!mantissa.includes('.')) {
    if (mantissa === '0') digits--
    out += '.'
  }
  return sign + out + '0'.repeat(Math.max(digits, 0)) + tail
}
