import { describe, expect, it, test } from 'vitest'
import { print, type Timestamp, type YamlMap } from '../../src/compose/values.ts'
import { parseYaml } from '../../src/compose/yaml.ts'

const parse = (text: string): YamlMap => parseYaml(Buffer.from(text))
/** The value of the key `a`. */
const value = (text: string) => parse(`a: ${text}`).a

describe('scalars', () => {
  test.each<[string, unknown]>([
    ['', null],
    ['~', null],
    ['Null', null],
    ['nULL', 'nULL'],
    ['true', true],
    ['FALSE', false],
    ['yes', 'yes'],
    ['on', 'on'],
    ['5', 5n],
    ['+5', 5n],
    ['-5', -5n],
    ['0644', 420n],
    ['0o17', 15n],
    ['0x1F', 31n],
    ['0b101', 5n],
    ['1_000', 1000n],
    ['9223372036854775807', 9223372036854775807n],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', 18446744073709552000],
    ['08', 8],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1.', 1],
    ['1e3', 1000],
    ['1e400', '1e400'],
    ['-.INF', -Infinity],
    ['1.2.3', '1.2.3'],
    ['80:80', '80:80'],
    ['1:20', '1:20'],
    ['"5"', '5'],
    ["'true'", 'true'],
    ['|\n  text\n', 'text\n'],
    ['>-\n  two\n  lines\n', 'two lines'],
    ['!!str 5', '5'],
    ['!!int "5"', 5n],
    ['!!float 5', 5],
    ['!own 5', '5'],
    ['!!binary aGk=', 'hi'],
  ])('%j', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  test.each([
    ['2020-01-02', '2020-01-02 00:00:00 +0000 UTC', '2020-01-02T00:00:00Z'],
    ['2020-1-2 3:4:5.60', '2020-01-02 03:04:05.6 +0000 UTC', '2020-01-02T03:04:05.6Z'],
    ['2020-01-02t03:04:05Z', '2020-01-02 03:04:05 +0000 UTC', '2020-01-02T03:04:05Z'],
  ])('%s is a time', (text, printed, written) => {
    expect(print(value(text)!)).toBe(printed)
    expect((value(text) as Timestamp).toString()).toBe(written)
  })

  test.each([
    ['2020-13-01', '2020-13-01'],
    ['"2020-01-02"', '2020-01-02'],
    ['2020-01-02T03', '2020-01-02T03'],
  ])('%s is none', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  test.each([
    ['!!int five', 'yaml: cannot decode !!str `five` as a !!int'],
    ['!!bool 5', 'yaml: cannot decode !!int `5` as a !!bool'],
    ['!!binary "*"', 'yaml: !!binary value contains invalid base64 data'],
  ])('%s is refused', (text, message) => {
    expect(() => value(text)).toThrow(new Error(message))
  })
})

describe('merge keys', () => {
  it('add what is not there', () => {
    const text = 'x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nm:\n  b: 5\n  <<: [*x, *y]\nn: {<<: *y, <<2: 1}\no: {"<<": 1}'
    const { m, n, o } = parse(text)
    expect({ ...(m as YamlMap) }).toEqual({ b: 5n, a: 1n, c: 4n })
    expect({ ...(n as YamlMap) }).toEqual({ '<<2': 1n, b: 3n, c: 4n })
    expect({ ...(o as YamlMap) }).toEqual({ '<<': 1n })
  })

  it('go through merge keys', () => {
    const { c } = parse('a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}')
    expect({ ...(c as YamlMap) }).toEqual({ x: 1n, y: 2n, z: 3n })
  })

  test.each(['a: {<<: 5}', 'x: &x [1]\na: {<<: *x}', 'a: {<<: [5]}'])('%j is none', (text) => {
    expect(() => parse(text)).toThrow('yaml: map merge requires map or sequence of maps as the value')
  })
})

describe('mappings', () => {
  it('may have keys such as __proto__', () => {
    expect(Object.keys(parse('__proto__: 1\nconstructor: 2'))).toEqual(['__proto__', 'constructor'])
  })

  it('keep keys that are no text', () => {
    expect(parse('a: {1: x, true: y, b: z}').a).toEqual(
      new Map<unknown, unknown>([
        [1n, 'x'],
        [true, 'y'],
        ['b', 'z'],
      ]),
    )
  })

  it('tell of all keys that stand twice', () => {
    expect(() => parse('a: 1\nb: {c: 1, "c": 2}\na: 2\n')).toThrow(
      new Error('yaml: unmarshal errors:\n  line 3: mapping key "a" already defined at line 1'),
    )
    expect(() => parse('b:\n  c: 1\n  "c": 2\nd:\n  e: 1\n  e: 2\n')).toThrow(
      new Error(
        'yaml: unmarshal errors:\n  line 3: mapping key "c" already defined at line 2\n  line 6: mapping key "e" already defined at line 5',
      ),
    )
  })

  it('tell of each pair of keys that stand three times', () => {
    const twice = (line: number, first: number) => `\n  line ${line}: mapping key "a" already defined at line ${first}`
    expect(() => parse('a: 1\nb: 1\na: 2\na: 3\n')).toThrow(
      new Error(`yaml: unmarshal errors:${twice(3, 1)}${twice(4, 1)}${twice(4, 3)}`),
    )
  })

  it('have no mappings as keys', () => {
    expect(() => parse('image: {{ tag }}: x')).toThrow()
    expect(() => parse('a: {{tag}: 1}')).toThrow(
      'yaml: invalid map key: map[string]interface {}{"tag":interface {}(nil)}',
    )
  })

  test.each(['', '# nothing', '[]', 'text', '5', '{1: a}', '--- ~'])('%j is none', (text) => {
    expect(() => parse(text)).toThrow(new Error('top-level object must be a mapping'))
  })
})

describe('aliases', () => {
  it('stand for the anchor before them', () => {
    expect(parse('a: &x 1\nb: *x\nc: &x 2\nd: *x')).toEqual({ a: 1n, b: 1n, c: 2n, d: 2n })
  })

  test.each([
    ['a: *x', "yaml: unknown anchor 'x' referenced"],
    ['a: &x [*x]', "yaml: anchor 'x' value contains itself"],
  ])('%s: %s', (text, message) => {
    expect(() => parse(text)).toThrow(new Error(message))
  })

  it('may not stand for millions of values', () => {
    const lists = Array.from(
      { length: 9 },
      (_, i) =>
        `l${i}: &l${i} [${Array(9)
          .fill(i === 0 ? 'x' : `*l${i - 1}`)
          .join(', ')}]`,
    )
    expect(() => parse(lists.join('\n'))).toThrow(new Error('yaml: document contains excessive aliasing'))
  })
})

test('collections may be nested, but not without end', () => {
  expect(() => parse(`a: ${'['.repeat(300)}${']'.repeat(300)}`)).not.toThrow()
  expect(() => parse(`a: ${'['.repeat(20_000)}`)).toThrow(new Error('yaml: collections are nested too deep'))
})

describe('text', () => {
  it('is UTF-8, or what its byte order mark says', () => {
    const mark = (bytes: number[], text: Buffer) => parseYaml(Buffer.concat([Buffer.from(bytes), text]))
    expect(mark([0xef, 0xbb, 0xbf], Buffer.from('a: é'))).toEqual({ a: 'é' })
    expect(mark([0xff, 0xfe], Buffer.from('a: é', 'utf16le'))).toEqual({ a: 'é' })
    expect(mark([0xfe, 0xff], Buffer.from('a: é', 'utf16le').swap16())).toEqual({ a: 'é' })
  })

  it('has no control characters and no broken ones', () => {
    expect(() => parse('a: \u0001')).toThrow(new Error('yaml: control characters are not allowed'))
    expect(() => parseYaml(Buffer.from([0x61, 0x3a, 0x20, 0xff]))).toThrow('yaml: invalid leading UTF-8 octet')
  })

  it('is read up to the end of the first document', () => {
    expect(parse('a: 1\n---\nb: 2\n')).toEqual({ a: 1n })
    expect(parse('a: 1\n...\n---\n[')).toEqual({ a: 1n })
  })
})
