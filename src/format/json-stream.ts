import { checkSyntax, decoderMessage } from '../go/json-syntax.ts'

/** Throws as Go's json.Decoder does for what is no JSON. */
export function checkJson(text: string): void {
  if (text.trim() === '') throw new Error('EOF')
  try {
    checkSyntax(text)
  } catch (error) {
    throw new Error(decoderMessage(error), { cause: error })
  }
}
