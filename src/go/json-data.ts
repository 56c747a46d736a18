/** encoding/json's way to write plain data: what engine bodies, config.json and manifests are made of. It loads nothing else. */

export interface JsonOptions {
  /** What each level is indented by; everything on one line without. */
  indent?: string | number
  /** Write `<`, `>` and `&` as \u003c and so on, as json.Marshal does; default true. */
  escapeHTML?: boolean
}

/**
 * Plain data as JSON, byte for byte as Go writes it: `<`, `>`, `&` and the two line separators are escaped, half a surrogate
 * pair is \ufffd, and a bigint has all its digits. `undefined` is null.
 */
export function toJson(value: unknown, { indent, escapeHTML = true }: JsonOptions = {}): string {
  const scalar = typeof value !== 'object' && typeof value !== 'bigint'
  const text = (scalar ? JSON.stringify(value) : withBigints(value, indent)) ?? 'null'
  const written = text.replace(UNSAFE, escape)
  return escapeHTML ? escapeHtml(written) : written
}

/** What could be taken for HTML in JSON text, escaped (json.HTMLEscape). */
export function escapeHtml(json: string): string {
  return json.replace(HTML, escape)
}

function withBigints(value: unknown, indent: string | number | undefined): string {
  let hasBigints = false
  const text = JSON.stringify(
    value,
    (_, item: unknown) => {
      if (typeof item !== 'bigint') return item
      hasBigints = true
      return `${BIGINT}${item}`
    },
    indent,
  )
  return hasBigints ? text.replace(MARKED, '$1') : text
}

function escape(found: string): string {
  if (found.length === 1) return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`
  return found.length === 2 ? found : '\\ufffd'
}

const BIGINT = '\u0000integer '
const MARKED = /"\\u0000integer (-?\d+)"/g
const HTML = /[<>&\u2028\u2029]/g
// An escaped backslash is matched so that what follows it is not taken for an escape; the surrogates that JSON.stringify escapes are halves.
const UNSAFE = /[\u2028\u2029]|\\(?:\\|ud[89a-f]..)/g
