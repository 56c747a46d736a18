import { describe, expect, test } from 'vitest'
import { checkConforms, conform } from '../../src/go/conform.ts'
import { decode } from '../../src/go/decode.ts'
import { time } from '../../src/go/time.ts'
import {
  any,
  array,
  bool,
  embed,
  field,
  float64,
  int8,
  map,
  ptr,
  slice,
  str,
  struct,
  uint64,
  uint8,
} from '../../src/go/types.ts'

const inner = struct('x.Inner', { Name: str, Count: field(uint8, 'count,omitempty'), On: bool })
const outer = struct('x.Outer', {
  Inner: embed(struct('x.Base', { ID: field(str, 'Id') })),
  Small: field(int8, ',omitempty'),
  Large: uint64,
  Part: float64,
  Pointer: field(ptr(inner), ',omitempty'),
  One: inner,
  Many: slice(ptr(inner)),
  ByName: map(str, inner),
  Pair: array(2, str),
  Bytes: slice(uint8),
  When: time,
  Any: any,
})

const zeros = { Id: '', Large: 0, Part: 0, One: { Name: '', On: false }, Pair: ['', ''], When: '0001-01-01T00:00:00Z' }

describe('conform', () => {
  test.each<[string, unknown]>([
    ['null', zeros],
    ['{}', zeros],
    ['{"id":"a","LARGE":5}', { ...zeros, Id: 'a', Large: 5 }],
    ['{"Small":null,"Large":null,"Pointer":null,"Many":null,"When":null}', { ...zeros, Many: null }],
    ['{"Many":[null,{"Name":null,"count":null}]}', { ...zeros, Many: [null, { Name: '', On: false }] }],
    ['{"ByName":{"a":null}}', { ...zeros, ByName: { a: { Name: '', On: false } } }],
    ['{"Pair":["a"]}', { ...zeros, Pair: ['a', ''] }],
    ['{"Bytes":[1,2]}', { ...zeros, Bytes: 'AQI=' }],
    ['{"When":"2024-01-02T03:04:05.100Z"}', { ...zeros, When: '2024-01-02T03:04:05.1Z' }],
    ['{"Unknown":{"a":null},"Any":[null]}', { ...zeros, Unknown: { a: null }, Any: [null] }],
  ])('takes %s', (text, expected) => {
    expect(conform(outer, JSON.parse(text))).toEqual(expected)
    expect(() => decode(outer, text)).not.toThrow()
    expect(() => checkConforms(outer, JSON.parse(text))).not.toThrow()
  })

  test('adds nothing where it only checks', () => {
    const shown = { One: {}, Many: [null], Pair: ['a'] }
    checkConforms(outer, shown)
    expect(shown).toEqual({ One: {}, Many: [null], Pair: ['a'] })
  })

  test.each([
    ['[]', '', 'x.Outer', 'array'],
    ['{"Id":5}', 'Id', 'string', 'number'],
    ['{"Small":128}', 'Small', 'int8', 'number'],
    ['{"Small":1.5}', 'Small', 'int8', 'number'],
    ['{"Large":-1}', 'Large', 'uint64', 'number'],
    ['{"Large":1e30}', 'Large', 'uint64', 'number'],
    ['{"Part":1e400}', 'Part', 'float64', 'number'],
    ['{"Pointer":{"On":"x"}}', 'Pointer.On', 'bool', 'string'],
    ['{"many":[{},{"name":[]}]}', 'many[1].name', 'string', 'array'],
    ['{"ByName":{"a":true}}', 'ByName.a', 'x.Inner', 'bool'],
    ['{"ByName":[]}', 'ByName', 'map[string]x.Inner', 'array'],
    ['{"Pair":"x"}', 'Pair', '[2]string', 'string'],
    ['{"Bytes":[256]}', 'Bytes[0]', 'uint8', 'number'],
    ['{"When":"yesterday"}', 'When', 'time.Time', 'string'],
    ['{"When":5}', 'When', 'time.Time', 'number'],
  ])('refuses %s, as Go does', (text, path, expected, got) => {
    for (const read of [conform, checkConforms]) {
      let thrown: unknown
      try {
        read(outer, JSON.parse(text))
      } catch (error) {
        thrown = error
      }
      expect(thrown, read.name).toMatchObject({ name: 'Misfit', path, expected, got })
    }
    expect(() => decode(outer, text)).toThrow()
  })
})

describe('decode', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

  test('has words for what nests deeper than our stack goes', () => {
    expect(decode(any, nested(500)).type).toBe(any)
    expect(() => decode(any, nested(10_001))).toThrow("invalid character '[' exceeded max depth")
    expect(() => {
      for (let levels = 1000; levels <= 10_000; levels += 1000) decode(any, nested(levels))
      throw new Error('JSON nests too deep to be shown')
    }).toThrow('JSON nests too deep to be shown')
  })
})
