/** strconv's reading of literals. */
import { escapedByte, fromBytes, toBytes } from './strings.ts'

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
