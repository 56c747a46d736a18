/**
 * JSON as Go's encoding/json writes it: `<`, `>`, `&` and the two line separators are escaped, so that bodies, filters
 * and authentication headers are the same bytes as the reference client's. A bigint is written with all its digits.
 */
export function marshal(value: unknown): string {
  let hasBigints = false
  const text = JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'bigint') return item
    hasBigints = true
    return `${BIGINT}${item}`
  })
  const whole = hasBigints ? text.replace(MARKED, '$1') : (text ?? 'null')
  return whole.replace(UNSAFE, (char) => ESCAPES[char] ?? char)
}

/** A request's type, where a whole number may be a bigint: 64 bits do not fit in a number. */
export type Sendable<T> = T extends number ? T | bigint : T extends object ? { [K in keyof T]: Sendable<T[K]> } : T

const BIGINT = '\u0000integer '
const MARKED = /"\\u0000integer (-?\d+)"/g

const UNSAFE = /[<>&\u2028\u2029]/g
const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}
