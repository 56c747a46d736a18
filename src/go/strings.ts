/**
 * Go strings are bytes. Here they are JavaScript strings in which a byte that is not part of valid UTF-8 (a string cut
 * in the middle of a character) is the lone surrogate U+DC00 + byte, so that nothing is lost on the way to the output.
 */

// oxlint-disable-next-line no-control-regex
const ascii = /^[\0-\x7f]*$/
const loneSurrogate = /\p{Surrogate}/u
const encoder = new TextEncoder()

export function isAscii(s: string): boolean {
  return ascii.test(s)
}

/** The byte a lone surrogate stands for, or -1 when the code point is an ordinary one. */
export function escapedByte(code: number): number {
  return code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : -1
}

/** `len(s)`. */
export function byteLength(s: string): number {
  return isAscii(s) ? s.length : toBytes(s).length
}

export function toBytes(s: string): Uint8Array {
  if (!loneSurrogate.test(s)) return encoder.encode(s)
  const bytes: number[] = []
  for (const char of s) {
    const byte = escapedByte(char.codePointAt(0) as number)
    if (byte >= 0) bytes.push(byte)
    else bytes.push(...encoder.encode(char))
  }
  return Uint8Array.from(bytes)
}

export function fromBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return fromBrokenBytes(bytes)
  }
}

function fromBrokenBytes(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let out = ''
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] as number
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    try {
      out += strict.decode(bytes.subarray(i, i + size))
      i += size
    } catch {
      out += String.fromCharCode(0xdc00 + lead)
      i++
    }
  }
  return out
}

/** `s[from:to]`, in bytes. */
export function sliceBytes(s: string, from: number, to: number): string {
  return isAscii(s) ? s.slice(from, to) : fromBytes(toBytes(s).subarray(from, to))
}

/** Go's order of strings: by bytes. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  if (!surrogate.test(a) && !surrogate.test(b)) return a < b ? -1 : 1
  return Buffer.compare(toBytes(a), toBytes(b))
}
const surrogate = /[\ud800-\udfff]/

export function runeCount(s: string): number {
  if (isAscii(s)) return s.length
  let n = 0
  for (const _ of s) n++
  return n
}

/** `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrint(code: number): boolean {
  if (code < 0x7f) return code >= 0x20
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false
  return /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(String.fromCodePoint(code))
}

/** strconv.Quote; with `asciiOnly`, strconv.QuoteToASCII. */
export function quote(s: string, asciiOnly = false): string {
  return quoteWith(s, '"', asciiOnly)
}

/** strconv.QuoteRune. */
export function quoteRune(code: number, asciiOnly = false): string {
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return quoteWith(String.fromCodePoint(valid ? code : 0xfffd), "'", asciiOnly)
}

const escapes: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

function quoteWith(s: string, mark: string, asciiOnly: boolean): string {
  let out = mark
  for (const char of s) {
    const code = char.codePointAt(0) as number
    if (char === mark) out += `\\${mark}`
    else if (escapes[char]) out += escapes[char]
    else if (code < 0x80 ? isPrint(code) : !asciiOnly && isPrint(code)) out += char
    else if (escapedByte(code) >= 0) out += `\\x${hex(escapedByte(code), 2)}`
    else if (code < 0x20 || code === 0x7f) out += `\\x${hex(code, 2)}`
    else out += code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
  }
  return out + mark
}

function hex(n: number, width: number): string {
  return n.toString(16).padStart(width, '0')
}

/** strconv.CanBackquote. */
export function canBackquote(s: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[\0-\x08\x0a-\x1f`\x7f\ufeff\p{Surrogate}]/u.test(s)
}

const simpleEscapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** strconv.Unquote of a "quoted" or `raw` string; throws `invalid syntax`. */
export function unquote(s: string): string {
  const mark = s[0]
  if (s.length < 2 || mark !== s.at(-1)) throw new Error('invalid syntax')
  const body = s.slice(1, -1)
  if (mark === '`') {
    if (body.includes('`')) throw new Error('invalid syntax')
    return body.replaceAll('\r', '')
  }
  if (mark !== '"' || body.includes('\n')) throw new Error('invalid syntax')
  let out = ''
  let broken = false
  for (let rest = body; rest !== '';) {
    const { text, tail, byte } = unquoteChar(rest, '"')
    broken ||= byte
    out += text
    rest = tail
  }
  // "\xc3\xa9" spells one character in two bytes.
  return broken ? fromBytes(toBytes(out)) : out
}

/**
 * strconv.UnquoteChar: the first character of `s` in a literal between `mark`s, and what follows it. Throws `invalid syntax`.
 */
export function unquoteChar(s: string, mark: string): { text: string; tail: string; code: number; byte: boolean } {
  const code = s.codePointAt(0)
  if (code === undefined || s[0] === mark) throw new Error('invalid syntax')
  if (s[0] !== '\\') {
    const text = String.fromCodePoint(code)
    return { text, tail: s.slice(text.length), code: escapedByte(code) >= 0 ? 0xfffd : code, byte: false }
  }
  const kind = s[1] ?? ''
  const simple = simpleEscapes[kind] ?? (kind === mark ? mark : undefined)
  if (simple !== undefined) return { text: simple, tail: s.slice(2), code: simple.charCodeAt(0), byte: false }
  const match = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/.exec(s)
  if (!match) throw new Error('invalid syntax')
  const tail = s.slice(match[0].length)
  const n = match[4] ? Number.parseInt(match[4], 8) : Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16)
  if (match[1] || match[4]) {
    if (n > 255) throw new Error('invalid syntax')
    return { text: n < 0x80 ? String.fromCharCode(n) : String.fromCharCode(0xdc00 + n), tail, code: n, byte: n >= 0x80 }
  }
  if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) throw new Error('invalid syntax')
  return { text: String.fromCodePoint(n), tail, code: n, byte: false }
}
