import { describe, expect, test } from 'vitest'
import { visible, visibleCell, visibleInColours } from '../../src/go/visible.ts'

describe('text for a terminal', () => {
  test.each([
    ['plain, ünïcödé, 日本語, 👩‍👧', 'plain, ünïcödé, 日本語, 👩‍👧'],
    ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['a\rb\bc\x7f', 'a\\rb\\x08c\\u007f'],
    ['\u009b31m\u0085', '\\u009b31m\\u0085'],
    ['\u202egpj.exe\u2066\u2069\u200e', '\\u202egpj.exe\\u2066\\u2069\\u200e'],
    ['\udc9b31m\udcff\ud83d', '\\x9b31m\\xff\\ud83d'],
    ['one\ttwo\nthree\r\nfour', 'one\ttwo\nthree\r\nfour'],
  ])('%j is %j', (text, shown) => expect(visible(text)).toBe(shown))

  test('what it makes of JSON is the same JSON', () => {
    const value = { name: 'x\x1b\u009b\x7f\u202e\u2028"\\' }
    const text = visible(JSON.stringify(value, null, 2))
    expect(JSON.parse(text)).toEqual(value)
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\x1b\x7f-\x9f\u202e\u2028]/)
  })
})

test('a cell has neither lines nor columns', () => {
  expect(visibleCell('a\tb\nc\r\nd\x0b')).toBe('a\\tb\\nc\\r\\nd\\x0b')
})

test('sequences that set colours, and nothing else', () => {
  const text = '\x1b[1;31mred\x1b[0m\x1b]0;t\x07\x1b[2J\x1b\x1b[mx\u009b1m'
  expect(visibleInColours(text)).toBe('\x1b[1;31mred\x1b[0m\\x1b]0;t\\x07\\x1b[2J\\x1b\x1b[mx\\u009b1m')
})
