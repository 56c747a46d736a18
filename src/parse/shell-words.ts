/**
 * Splits a command line into words: blanks part them, quotes and backslashes keep them, and a `#` that begins a word begins a comment.
 * Throws for a quote that is not closed (google/shlex Split).
 */
export function splitWords(line: string): string[] {
  const words: string[] = []
  let rest = line
  for (;;) {
    rest = rest.replace(/^(?:[ \t\r\n]+|#[^\n]*)+/, '')
    if (rest === '') return words
    const { word, length } = readWord(rest)
    words.push(word)
    rest = rest.slice(length)
  }
}

function readWord(text: string): { word: string; length: number } {
  let word = ''
  for (let at = 0; ;) {
    const char = text[at]
    if (char === undefined || ' \t\r\n'.includes(char)) return { word, length: at }
    const [part = '', escaped, double, single] =
      /^(?:\\([^])|"((?:[^"\\]|\\[^])*)"|'([^']*)')/.exec(text.slice(at)) ?? []
    if (part !== '') word += escaped ?? single ?? double!.replace(/\\([^])/g, '$1')
    else if (char === '\\') throw new Error('EOF found after escape character')
    else if (char === '"' || char === "'") throw unclosed(text.slice(at))
    else word += char
    at += part.length || 1
  }
}

function unclosed(text: string): Error {
  const isEscape = text.startsWith('"') && /^"(?:[^"\\]|\\[^])*\\$/.test(text)
  return new Error(isEscape ? 'EOF found after escape character' : 'EOF found when expecting closing quote')
}
