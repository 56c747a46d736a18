import { checkSyntax } from '../go/scan.ts'

/** Throws as Go's json.Decoder does for what is no JSON. */
export function checkJson(text: string): void {
  if (text.trim() === '') throw new Error('EOF')
  try {
    checkSyntax(text)
  } catch (error) {
    // The decoder reads a stream, which may still have gone on.
    const { message } = error as Error
    throw new Error(message === 'unexpected end of JSON input' ? 'unexpected EOF' : message, { cause: error })
  }
}
