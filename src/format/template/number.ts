/** Number and character constants of templates (newNumber in text/template/parse/node.go). */
import { quote } from '../../go/quote.ts'
import { unquoteChar } from '../../go/unquote.ts'
import type { NumberNode } from './node.ts'
import type { TokenType } from './lex.ts'

const maxInt = (1n << 63n) - 1n
const maxUint = (1n << 64n) - 1n

/** What the text can stand for: each of int, uint, float and complex that it fits. Throws an Error with Go's message. */
export function parseNumber(pos: number, text: string, token: TokenType): NumberNode {
  const node = { type: 'number', pos, text } as const
  if (token === 'charConstant') return { ...node, ...charConstant(text) }
  if (token === 'complex') {
    const cut = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'))
    const at = /[eEpP]/.test(text[cut - 1] ?? '')
      ? Math.max(text.lastIndexOf('+', cut - 1), text.lastIndexOf('-', cut - 1))
      : cut
    const real = parseFloat64(text.slice(0, at))
    const imaginary = parseFloat64(text.slice(at, -1))
    if (real === undefined || imaginary === undefined) throw new Error('syntax error scanning complex number')
    return { ...node, ...complexConstant(real, imaginary) }
  }
  if (text.endsWith('i')) {
    const imaginary = parseFloat64(text.slice(0, -1))
    if (imaginary !== undefined) return { ...node, ...complexConstant(0, imaginary) }
  }
  const whole = parseInteger(text)
  if (whole !== undefined) {
    const int = whole >= -maxInt - 1n && whole <= maxInt ? { int: whole } : {}
    const uint = whole === 0n || (whole >= 0n && whole <= maxUint && !/^[+-]/.test(text)) ? { uint: whole } : {}
    if (Object.keys({ ...int, ...uint }).length > 0) return { ...node, ...int, ...uint, float: Number(whole) }
  }
  const float = parseFloat64(text)
  if (float === undefined) throw new Error(`illegal number syntax: ${quote(text)}`)
  if (!/[.eEpP]/.test(text)) throw new Error(`integer overflow: ${quote(text)}`)
  return { ...node, float, ...integers(float) }
}

function charConstant(text: string): Pick<NumberNode, 'int' | 'uint' | 'float'> {
  const { code, tail } = unquoteChar(text.slice(1), "'")
  if (tail !== "'") throw new Error(`malformed character constant: ${text}`)
  return { int: BigInt(code), uint: BigInt(code), float: code }
}

function complexConstant(real: number, imaginary: number): Pick<NumberNode, 'complex' | 'int' | 'uint' | 'float'> {
  const complex: [number, number] = [real, imaginary]
  return imaginary === 0 ? { complex, float: real, ...integers(real) } : { complex }
}

function integers(float: number): Pick<NumberNode, 'int' | 'uint'> {
  if (!Number.isInteger(float)) return {}
  const whole = BigInt(float)
  return {
    ...(whole >= -maxInt - 1n && whole <= maxInt && { int: whole }),
    ...(whole >= 0n && whole <= maxUint && { uint: whole }),
  }
}

/** strconv.ParseInt with base 0: 0x, 0o, 0b and leading-zero octal, underscores between digits. */
function parseInteger(text: string): bigint | undefined {
  const match = /^([+-]?)(0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|0[0-7_]*|[1-9][\d_]*)$/.exec(text)
  if (!match || !goodUnderscores(text)) return undefined
  const digits = (match[2] as string).replaceAll('_', '').toLowerCase()
  const spelled = /^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits
  const n = BigInt(spelled)
  return match[1] === '-' ? -n : n
}

/** strconv.ParseFloat, hexadecimal floats included; `undefined` for a syntax or range error. */
function parseFloat64(text: string): number | undefined {
  if (!goodUnderscores(text)) return undefined
  const plain = text.replaceAll('_', '')
  const hex = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/.exec(plain)
  let n: number
  if (hex) {
    const [, sign, whole = '', fraction = '', exp = ''] = hex
    if (whole + fraction === '') return undefined
    n = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(exp) - 4 * fraction.length) * (sign === '-' ? -1 : 1)
  } else {
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return undefined
    n = Number(plain)
  }
  return Number.isFinite(n) ? n : undefined
}

/** Underscores only between digits, or between a base prefix and a digit. */
function goodUnderscores(text: string): boolean {
  if (!text.includes('_')) return true
  const body = text.replace(/^[+-]/, '').replace(/^0[xXoObB]/, '0')
  return !/^_|_$|__/.test(body) && !/_[^\da-fA-F]|[^\da-fA-F]_/.test(body) && body !== '0_'
}
