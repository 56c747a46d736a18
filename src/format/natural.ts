/**
 * Natural sort order, `abc2` before `abc12`: digits before other characters, numbers by value, and by fewer
 * leading zeros when equal; the rest by code point (fvbommel/sortorder NaturalLess).
 */
export function compareNatural(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = comparePart(left[i] ?? '', right[i] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Numbers whole, everything else by character. */
function parts(text: string): readonly string[] {
  return text.match(/[0-9]+|[^0-9]/gu) ?? []
}

function comparePart(a: string, b: string): number {
  const [isNumber, isOther] = [isDigit(a), isDigit(b)]
  if (isNumber !== isOther) return isNumber ? -1 : 1
  if (!isNumber) return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
  const [m, n] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  if (m.length !== n.length) return m.length - n.length
  if (m !== n) return m < n ? -1 : 1
  return a.length - b.length
}

function isDigit(text: string): boolean {
  return text >= '0' && text < ':'
}
