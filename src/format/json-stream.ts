import { checkSyntax, decoderMessage } from '../go/json-syntax.ts'

/** Throws as Go's json.Decoder does for what is no JSON. */
export function checkJson(text: string): void {
  decoding(text, checkSyntax)
}

/** What `read` makes of JSON text; what it throws for text that is none has the message of Go's json.Decoder. */
export function decoding<T>(text: string, read: (text: string) => T): T {
  if (text.trim() === '') throw new Error('EOF')
  try {
    return read(text)
  } catch (error) {
    throw new Error(decoderMessage(error), { cause: error })
  }
}
