import { describe, expect, it } from 'vitest'
import { parseLink } from '../../src/parse/link.ts'

describe('parseLink', () => {
  it.each<[string, unknown]>([
    ['a', 'a'],
    ['a:b', 'a:b'],
    ['/a:/b/c', '/a:/b/c'],
    ['a:', 'a:'],
    [':b', ':b'],
  ])('reads %j', (text, value) => {
    expect(parseLink(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'empty string specified for links'],
    ['a:b:c', 'bad format for links: a:b:c'],
  ])('refuses %j', (text, message) => {
    expect(() => parseLink(text)).toThrow(new Error(message))
  })
})
