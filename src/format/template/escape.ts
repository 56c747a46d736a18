/** The escapers html, js and urlquery (text/template/funcs.go, net/url). */
import { isPrint } from '../../go/quote.ts'
import { escapedByte, toBytes } from '../../go/strings.ts'

const htmlEntities: Record<string, string> = {
  '\0': '\uFFFD',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

export function htmlEscape(s: string): string {
  // oxlint-disable-next-line no-control-regex
  return s.replace(/[\0"'&<>]/g, (char) => htmlEntities[char] as string)
}

const jsEscapes: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
}

export function jsEscape(s: string): string {
  let out = ''
  for (const char of s) {
    const code = char.codePointAt(0) as number
    if (jsEscapes[char]) out += jsEscapes[char]
    else if (escapedByte(code) >= 0) out += char
    else if (code >= 0x20 && (code <= 0x7f || isPrint(code))) out += char
    else out += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
  }
  return out
}

/** url.QueryEscape */
export function queryEscape(s: string): string {
  let out = ''
  for (const byte of toBytes(s)) {
    const char = String.fromCharCode(byte)
    if (/[A-Za-z0-9_.~-]/.test(char)) out += char
    else out += char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}
