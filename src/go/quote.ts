const named: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}

/** Takes any text and gives it as a double-quoted Go literal, as `%q` prints it in the reference's messages (Go strconv.Quote). */
export function quote(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`
  let quoted = ''
  for (const char of text) quoted += named[char] ?? (isPrintable(char) ? char : escape(char))
  return `"${quoted}"`
}

/** As quote, but with all that is not printable ASCII shown byte by byte, as Go's time package does. */
export function quoteBytes(text: string): string {
  const bytes = (char: string) =>
    Buffer.from(char).reduce((hex, byte) => `${hex}\\x${byte.toString(16).padStart(2, '0')}`, '')
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^ -\x7f]/gu, bytes)}"`
}

function isPrintable(char: string): boolean {
  if (char >= ' ' && char <= '~') return true
  // Latin letters, signs and the ellipsis of a cut text need no table of Unicode, which is slow to make.
  if ((char >= '\u00a1' && char <= '\u0377' && char !== '\u00ad') || char === '\u2026') return true
  return char === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char)
}

function escape(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd'
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}
