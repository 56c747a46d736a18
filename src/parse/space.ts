// Unicode's white space; JavaScript's own trim() also takes the byte order mark and leaves U+0085.
const space = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const leading = new RegExp(`^${space}+`)
const trailing = new RegExp(`${space}+$`)

/** Removes white space at both ends (Go strings.TrimSpace). */
export function trimSpace(text: string): string {
  return trimStart(text).replace(trailing, '')
}

/** Removes white space at the start. */
export function trimStart(text: string): string {
  return text.replace(leading, '')
}
