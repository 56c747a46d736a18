import { describe, expect, it } from 'vitest'
import { parseFilter, toFilters } from '../../src/parse/filter.ts'

describe('parseFilter and toFilters', () => {
  it.each<[string, unknown]>([
    ['', {}],
    ['a=b', { a: { b: true } }],
    ['A=B', { a: { B: true } }],
    [' a = b ', { a: { b: true } }],
    ['a=', { a: { '': true } }],
    ['=b', { '': { b: true } }],
    ['label=x=y', { label: { 'x=y': true } }],
  ])('reads %j', (text, value) => {
    expect(filtersOf(text)).toEqual(value)
  })
  it.each<[string, string]>([['a', 'bad format of filter (expected name=value)']])('refuses %j', (text, message) => {
    expect(() => filtersOf(text)).toThrow(new Error(message))
  })
})

it('gathers the values of a name, each once', () => {
  const filters = ['a', 'b', 'a'].map((value) => ({ name: 'label', value }))
  expect(toFilters([...filters, { name: 'id', value: 'x' }])).toEqual({ label: { a: true, b: true }, id: { x: true } })
})

function filtersOf(text: string) {
  const filter = parseFilter(text)
  return toFilters(filter ? [filter] : [])
}
