import { describe, expect, it } from 'vitest'
import { ellipsis, shortId } from '../../src/format/text.ts'

describe('shortId', () => {
  it('drops the algorithm and keeps twelve characters', () => {
    expect(shortId(`sha256:${'ab'.repeat(32)}`)).toBe('abababababab')
    expect(shortId('0123456789abcdef')).toBe('0123456789ab')
    expect(shortId('abc')).toBe('abc')
    expect(shortId('')).toBe('')
  })
})

describe('ellipsis', () => {
  it.each([
    ['', 10, ''],
    ['abcdef', 0, ''],
    ['abcdef', 1, 'a'],
    ['abcdef', 2, 'a…'],
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['ünïcödé', 7, 'ünïcödé'],
    ['ünïcödé', 6, 'ünïcö…'],
    ['日本語', 6, '日本語'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
    ['日本語', 2, '日本語'],
    ['a👍b👍', 4, 'a👍…'],
  ])('cuts %j to %d columns: %j', (text, width, cut) => expect(ellipsis(text, width)).toBe(cut))
})
