/** Splits a text at the first separator; `found` tells `a` from `a=` (Go strings.Cut). */
export function cut(text: string, separator: string): { before: string; after: string; found: boolean } {
  const at = text.indexOf(separator)
  if (at < 0) return { before: text, after: '', found: false }
  return { before: text.slice(0, at), after: text.slice(at + separator.length), found: true }
}
