import { checkSyntax, type JSONSyntaxError } from '../go/json-syntax.ts'

/** Throws as Go's json.Decoder does for what is no JSON. */
export function checkJson(text: string): void {
  if (text.trim() === '') throw new Error('EOF')
  try {
    checkSyntax(text)
  } catch (error) {
    // The decoder reads a stream, which may still have gone on.
    const { message, kind } = error as JSONSyntaxError
    throw new Error(kind === 'truncated' ? 'unexpected EOF' : message, { cause: error })
  }
}
