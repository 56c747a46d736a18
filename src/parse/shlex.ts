const space = /[ \t\r\n]/

/**
 * Splits a text into words as a shell does: quotes, backslashes, and comments from a `#` that begins a word; an open quote
 * or a backslash at the end throws (google/shlex Split).
 */
export function splitWords(text: string): string[] {
  const words: string[] = []
  const chars = Array.from(text)
  for (let at = 0; at < chars.length;) {
    if (space.test(chars[at]!)) at++
    else if (chars[at] === '#') at = endOfLine(chars, at)
    else {
      const { word, end } = wordAt(chars, at)
      words.push(word)
      at = end
    }
  }
  return words
}

function endOfLine(chars: readonly string[], from: number): number {
  const newline = chars.indexOf('\n', from)
  return newline < 0 ? chars.length : newline + 1
}

function wordAt(chars: readonly string[], start: number): { word: string; end: number } {
  let word = ''
  let at = start
  while (at < chars.length && !space.test(chars[at]!)) {
    const char = chars[at++]!
    if (char === '\\') word += escaped(chars[at++])
    else if (char === "'" || char === '"') {
      const { inside, end } = quotedAt(chars, at, char)
      word += inside
      at = end
    } else word += char
  }
  return { word, end: at }
}

/** Reads up to the closing quote; only between double quotes does a backslash escape. */
function quotedAt(chars: readonly string[], start: number, quote: string): { inside: string; end: number } {
  let inside = ''
  for (let at = start; at < chars.length; at++) {
    const char = chars[at]!
    if (char === quote) return { inside, end: at + 1 }
    inside += char === '\\' && quote === '"' ? escaped(chars[++at]) : char
  }
  throw new Error('EOF found when expecting closing quote')
}

function escaped(char: string | undefined): string {
  if (char === undefined) throw new Error('EOF found after escape character')
  return char
}
