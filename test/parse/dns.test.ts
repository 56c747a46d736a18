import { describe, expect, it } from 'vitest'
import { parseDnsSearch } from '../../src/parse/dns.ts'

describe('parseDnsSearch', () => {
  it.each<[string, unknown]>([
    ['example.com', 'example.com'],
    ['example.com.', 'example.com'],
    ['.', '.'],
    [' . ', '.'],
    ['a', 'a'],
    [' example.com ', 'example.com'],
    [':a', ':a'],
    ['a.:b', 'a.:b'],
    ['::a', '::a'],
    ['example.com\t', 'example.com'],
  ])('reads %j', (text, value) => {
    expect(parseDnsSearch(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', ' is not a valid domain'],
    ['1.2.3', '1.2.3 is not a valid domain'],
    ['a b', 'a b is not a valid domain'],
    ['exa_mple.com', 'exa_mple.com is not a valid domain'],
    ['-a.com', '-a.com is not a valid domain'],
    ['a-.com', 'a-.com is not a valid domain'],
    ['a..b', 'a..b is not a valid domain'],
    ['x'.repeat(300), 'x'.repeat(300) + ' is not a valid domain'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDnsSearch(text)).toThrow(new Error(message))
  })
})
