/** How deep encoding/json lets lists and objects nest. */
export const MAX_DEPTH = 10_000

/**
 * Throws, with Go's message, for JSON text that nests deeper than encoding/json goes. Before JSON.parse, whose memory grows
 * with the depth: 300 MB of `[` took 18 GB.
 */
export function checkDepth(text: string): void {
  if (text.length <= MAX_DEPTH) return
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = stringEnd(text, at + 1)
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (++depth > MAX_DEPTH) throw tooDeep(text[at] as string)
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--
  }
}

/** The error for a list or object, by its first character, that is one too deep. */
export function tooDeep(character: string): Error {
  return new Error(`invalid character '${character}' exceeded max depth`)
}

function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === QUOTE) return at
  }
  return text.length
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
