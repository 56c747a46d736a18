/** JSON text as encoding/json sees it: its tokens, and Indent and Compact, which leave every token as it is. */
import { escapeHtml } from './json-data.ts'
import { parseJSON } from './json-syntax.ts'

/** json.Indent: one token a line where it nests; trailing space stays. Throws a JSONSyntaxError. */
export function indent(text: string, prefix: string, step: string): string {
  const value = parseJSON(text)
  const end = text.trimEnd().length
  const isPlain = step.length > 0 && step.length <= MAX_STEP && stringified(value) === text.slice(0, end)
  const laidOut = isPlain ? laidOutPlain(value, prefix, step) : undefined
  return laidOut === undefined ? indentTokens(text, prefix, step) : laidOut + text.slice(end)
}

/** json.Compact: without the space between tokens. Throws a JSONSyntaxError. */
export function compact(text: string): string {
  const value = parseJSON(text)
  if (stringified(value) === text) return text
  let out = ''
  for (const token of tokens(text)) out += token.text
  return out
}

// Most of what Go writes is spelled as JavaScript spells it, but for HTML's characters. Such a text can be laid out without looking at
// its tokens, in half the time or less; others have numbers or escapes that would come out otherwise.
function laidOutPlain(value: unknown, prefix: string, step: string): string | undefined {
  if (prefix === '') return stringified(value, step)
  // Within a list each line has one step before it, which also is a way to a prefix.
  return prefix === step ? stringified([value], step)?.slice(2 + step.length, -2) : undefined
}

function stringified(value: unknown, step?: string): string | undefined {
  try {
    return escapeHtml(JSON.stringify(value, undefined, step))
  } catch {
    // It nests deeper than JSON.stringify goes.
    return undefined
  }
}

function indentTokens(text: string, prefix: string, step: string): string {
  const newline = (depth: number): string => `\n${prefix}${step.repeat(depth)}`
  const out: string[] = []
  let depth = 0
  let open = false
  let end = 0
  for (const token of tokens(text)) {
    end = token.end
    const closes = token.text === '}' || token.text === ']'
    if (open && !closes) out.push(newline(++depth))
    if (closes && !open) out.push(newline(--depth))
    open = token.text === '{' || token.text === '['
    out.push(token.text)
    if (token.text === ',') out.push(newline(depth))
    else if (token.text === ':') out.push(' ')
  }
  return out.join('') + text.slice(end)
}

export interface JSONToken {
  text: string
  end: number
}

/** The tokens of valid JSON text. */
export function* tokens(text: string): Generator<JSONToken> {
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      at++
      continue
    }
    const end = code === 34 ? stringEnd(text, at) : '{}[],:'.includes(text[at] as string) ? at + 1 : wordEnd(text, at)
    yield { text: text.slice(at, end), end }
    at = end
  }
}

/** Just past the string that begins at `at`. Looking ahead for a backslash would read all of a text that has none, for each string. */
function stringEnd(text: string, at: number): number {
  let mark = text.indexOf('"', at + 1)
  while (isEscaped(text, mark)) mark = text.indexOf('"', mark + 1)
  return mark + 1
}

function isEscaped(text: string, at: number): boolean {
  let start = at
  while (text.charCodeAt(start - 1) === 92) start--
  return (at - start) % 2 === 1
}

function wordEnd(text: string, at: number): number {
  const word = /[^\s{}[\],:"]+/y
  word.lastIndex = at
  word.test(text)
  return word.lastIndex
}

// How much JSON.stringify indents by at the most.
const MAX_STEP = 10
