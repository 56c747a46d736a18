/** strconv's quoting. Bytes that are not UTF-8 are lone surrogates here (strings.ts). */
import { escapedByte, toBytes } from './strings.ts'

const named: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

/** Takes any text and gives it as a double-quoted Go literal, as `%q` prints it (strconv.Quote). */
export function quote(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : quoteWith(text, '"', false)
}

/** As quote, with nothing but ASCII in the result (strconv.QuoteToASCII). */
export function quoteToAscii(text: string): string {
  return quoteWith(text, '"', true)
}

/** strconv.QuoteRune. */
export function quoteRune(code: number, asciiOnly = false): string {
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return quoteWith(String.fromCodePoint(valid ? code : 0xfffd), "'", asciiOnly)
}

/** As quote, but with all that is not printable ASCII shown byte by byte, as Go's time package does. */
export function quoteBytes(text: string): string {
  const bytes = (char: string): string => toBytes(char).reduce((shown, byte) => `${shown}\\x${hex(byte, 2)}`, '')
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^ -\x7f]/gu, bytes)}"`
}

/** unicode.IsPrint of a code point: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrint(code: number): boolean {
  if (code < 0x7f) return code >= 0x20
  // Latin letters, signs and the ellipsis of a cut text need no table of Unicode, which is slow to make.
  if ((code >= 0xa1 && code <= 0x377 && code !== 0xad) || code === 0x2026) return true
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false
  return /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(String.fromCodePoint(code))
}

function quoteWith(text: string, mark: string, asciiOnly: boolean): string {
  let quoted = mark
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (char === mark) quoted += `\\${mark}`
    else quoted += named[char] ?? (isPrint(code) && (code < 0x80 || !asciiOnly) ? char : escape(code))
  }
  return quoted + mark
}

function escape(code: number): string {
  if (escapedByte(code) >= 0) return `\\x${hex(escapedByte(code), 2)}`
  if (code < 0x80) return `\\x${hex(code, 2)}`
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd'
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(n: number, width: number): string {
  return n.toString(16).padStart(width, '0')
}
