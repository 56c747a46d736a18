import { describe, expect, it } from 'vitest'
import { quote, quoteBytes } from '../../src/go/quote.ts'

describe('quote', () => {
  it.each<[string, unknown]>([
    ['', '""'],
    ['plain', '"plain"'],
    ['with "quotes" and \\', '"with \\"quotes\\" and \\\\"'],
    ['tab\tnl\nbell\u0007', '"tab\\tnl\\nbell\\a"'],
    ['é ü ☃ 🐳', '"é ü ☃ 🐳"'],
    ['\u00a0', '"\\u00a0"'],
    ['…', '"…"'],
    ['\u0378', '"\\u0378"'],
    ['\u200b', '"\\u200b"'],
    ['\u00ad', '"\\u00ad"'],
    ['\u007f', '"\\x7f"'],
    ['\u{e0001}', '"\\U000e0001"'],
    ['a\rb\u000bc\u000cd\u0008e', '"a\\rb\\vc\\fd\\be"'],
  ])('reads %j', (text, value) => {
    expect(quote(text)).toEqual(value)
  })
})

it("shows bytes outside ASCII as Go's time package does", () => {
  expect(quoteBytes('a"µ\n')).toBe('"a\\"\\xc2\\xb5\\x0a"')
})

it('takes for printable in Latin what Unicode does', () => {
  for (let code = 0xa1; code <= 0x377; code++) {
    const char = String.fromCodePoint(code)
    expect(quote(char) === `"${char}"`).toBe(/^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char))
  }
})
