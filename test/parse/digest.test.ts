import { describe, expect, it } from 'vitest'
import { parseDigest } from '../../src/parse/digest.ts'

describe('parseDigest', () => {
  const hex = '7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa'

  it('takes a whole digest', () => {
    expect(parseDigest(`sha256:${hex}`)).toBe(`sha256:${hex}`)
  })

  it.each([
    ['', 'invalid checksum digest format'],
    ['sha256', 'invalid checksum digest format'],
    ['sha256:', 'invalid checksum digest format'],
    [':abc', 'invalid checksum digest format'],
    ['sha256:abc', 'invalid checksum digest length'],
    [`sha256:${hex.toUpperCase()}`, 'invalid checksum digest format'],
    [`md5:${hex}`, 'unsupported digest algorithm'],
    [`MD5:${hex}`, 'invalid checksum digest format'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDigest(text)).toThrow(new Error(message))
  })
})
