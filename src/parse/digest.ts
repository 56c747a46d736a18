import { dictionary } from '../go/dictionary.ts'

const lengths = dictionary({ sha256: 64, sha384: 96, sha512: 128 })

/** Checks `algorithm:hex` and gives it unchanged; throws with the message of go-digest. */
export function parseDigest(text: string): string {
  const colon = text.indexOf(':')
  if (colon <= 0 || colon + 1 === text.length) throw new Error('invalid checksum digest format')
  const length = lengths[text.slice(0, colon)]
  const encoded = text.slice(colon + 1)
  if (length === undefined) {
    const wellFormed = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/.test(text)
    throw new Error(wellFormed ? 'unsupported digest algorithm' : 'invalid checksum digest format')
  }
  if (Buffer.byteLength(encoded) !== length) throw new Error('invalid checksum digest length')
  if (!/^[a-f0-9]+$/.test(encoded)) throw new Error('invalid checksum digest format')
  return text
}
