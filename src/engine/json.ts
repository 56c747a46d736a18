/**
 * JSON as Go's encoding/json writes it: `<`, `>`, `&` and the two line separators are escaped, so that bodies, filters
 * and authentication headers are the same bytes as the reference client's.
 */
export function marshal(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(UNSAFE, (char) => ESCAPES[char] ?? char)
}

const UNSAFE = /[<>&\u2028\u2029]/g
const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}
