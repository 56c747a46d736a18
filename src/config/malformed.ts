import { cliError, reword } from '../errors/cli-error.ts'
import { decoderMessage, JSONSyntaxError, parseJSON } from '../go/json-syntax.ts'
import { sliceBytes } from '../go/strings.ts'

/** The first JSON value in `text`; what follows it does not count. Throws with the message of Go's encoding/json, with the position. */
export function firstValue(text: string): unknown {
  try {
    return parseJSON(text)
  } catch (error) {
    if (!(error instanceof JSONSyntaxError)) throw error
    const before = sliceBytes(text, 0, error.offset)
    if (error.kind === 'trailing') return JSON.parse(before) as unknown
    throw reword(error, `${decoderMessage(error)} (${endOf(before)})`)
  }
}

function endOf(text: string): string {
  const lines = text.split('\n')
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

/** Throws when `text` is not base64 in Go's standard encoding, naming the byte that Go's decoder names; line ends do not count. */
export function checkBase64(text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  let at = 0
  const next = (): number | undefined => {
    while (bytes[at] === 0x0a || bytes[at] === 0x0d) at++
    return at < bytes.length ? bytes[at++] : undefined
  }
  const corrupt = (offset: number): Error => cliError(`illegal base64 data at input byte ${offset}`)
  for (;;) {
    for (let index = 0; index < 4; index++) {
      const byte = next()
      if (byte === undefined) {
        if (index === 0) return
        throw corrupt(at - index)
      }
      if (/[A-Za-z0-9+/]/.test(String.fromCharCode(byte))) continue
      if (byte !== 0x3d || index < 2) throw corrupt(at - 1)
      if (index === 2) {
        const second = next()
        if (second === undefined) throw corrupt(bytes.length)
        if (second !== 0x3d) throw corrupt(at - 2)
      }
      if (next() !== undefined) throw corrupt(at - 1)
      return
    }
  }
}
