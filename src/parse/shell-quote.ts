/**
 * Writes words as one command line for a POSIX shell, each quoted only where it needs to be; throws for what cannot be
 * written there (docker/cli cli/connhelper/internal/syntax/quote.go).
 */
export function shellQuote(...words: string[]): string {
  return words.map(quoteWord).join(' ')
}

function quoteWord(word: string): string {
  if (word === '') return "''"
  let offset = 0
  for (const char of word) {
    if (char === '\0') throw cannot(offset, 'shell strings cannot contain null bytes')
    if (!/^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char) || char === '\ufffd') {
      throw cannot(offset, 'POSIX shell lacks escape sequences')
    }
    offset += Buffer.byteLength(char)
  }
  if (!/[;"'()$|&><` \\#{~*?[=]/.test(word) && !KEYWORDS.has(word)) return word
  if (!word.includes("'")) return `'${word}'`
  return `"${word.replace(/["\\`$]/g, '\\$&')}"`
}

function cannot(offset: number, why: string): Error {
  return new Error(`cannot quote character at byte ${offset}: ${why}`)
}

const KEYWORDS: ReadonlySet<string> = new Set(
  '! [[ case coproc do done else esac fi for function if in select then time until while { }'.split(' '),
)
