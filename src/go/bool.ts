import { NumberError } from './int.ts'

const truths = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const falsehoods = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])

/** Takes a flag's text and gives its truth; throws a NumberError for any other word (Go strconv.ParseBool). */
export function parseBool(text: string): boolean {
  if (truths.has(text)) return true
  if (falsehoods.has(text)) return false
  throw new NumberError('ParseBool', text, 'invalid syntax')
}
