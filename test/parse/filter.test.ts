import { describe, expect, it } from 'vitest'
import { addFilter, type Filters, parseFilter } from '../../src/parse/filter.ts'

describe('parseFilter', () => {
  it.each<[string, unknown]>([
    ['', undefined],
    ['a=b', { name: 'a', value: 'b' }],
    ['A=B', { name: 'a', value: 'B' }],
    [' a = b ', { name: 'a', value: 'b' }],
    ['a=', { name: 'a', value: '' }],
    ['=b', { name: '', value: 'b' }],
    ['label=x=y', { name: 'label', value: 'x=y' }],
  ])('reads %j', (text, value) => {
    expect(parseFilter(text)).toEqual(value)
  })
  it.each<[string, string]>([['a', 'bad format of filter (expected name=value)']])('refuses %j', (text, message) => {
    expect(() => parseFilter(text)).toThrow(new Error(message))
  })
})

describe('addFilter', () => {
  it('gathers the values of a name, each once', () => {
    const pairs: [string, string][] = [
      ['label', 'a'],
      ['label', 'b'],
      ['label', 'a'],
      ['id', 'x'],
    ]
    const filters = pairs.reduce<Filters>((before, [name, value]) => addFilter(before, name, value), {})
    expect(filters).toEqual({ label: ['a', 'b'], id: ['x'] })
  })
  it('takes names that objects have of their own', () => {
    expect(Object.entries(addFilter({}, 'constructor', 'x'))).toEqual([['constructor', ['x']]])
  })
})
