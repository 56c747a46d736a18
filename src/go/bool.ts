import { NumberError } from './int.ts'

const truths = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const falsehoods = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])

/** Whether a text, undefined where there is none, means yes; one that means nothing does not. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && truths.has(text)
}

/** The same for no. */
export function isFalse(text: string | undefined): boolean {
  return text !== undefined && falsehoods.has(text)
}

/** Takes a flag's text and gives its truth; throws a NumberError for any other word (Go strconv.ParseBool). */
export function parseBool(text: string): boolean {
  if (truths.has(text)) return true
  if (falsehoods.has(text)) return false
  throw new NumberError('ParseBool', text, 'invalid syntax')
}
