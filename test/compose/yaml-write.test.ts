import { describe, expect, it, test } from 'vitest'
import { parseYaml } from '../../src/compose/yaml.ts'
import { writeYaml } from '../../src/compose/yaml-write.ts'
import { asWritten } from '../../src/compose/written.ts'

/** Reads a text and writes it again. */
const rewritten = (text: string) => writeYaml(asWritten(parseYaml(Buffer.from(text))))

describe('writeYaml', () => {
  test.each([
    ['plain text', 'plain text'],
    ['', '""'],
    ['5', '"5"'],
    ['1.5', '"1.5"'],
    ['0644', '"0644"'],
    ['true', '"true"'],
    ['yes', '"yes"'],
    ['n', '"n"'],
    ['null', '"null"'],
    ['~', '"~"'],
    ['2020-01-02', '"2020-01-02"'],
    ['1:20', '"1:20"'],
    ['80:80', '80:80'],
    ['1.2.3', '1.2.3'],
    ['a: b', "'a: b'"],
    ['a:', "'a:'"],
    ['a:b', 'a:b'],
    ['a #b', "'a #b'"],
    ['a#b', 'a#b'],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['-', "'-'"],
    ['---', "'---'"],
    ['? a', "'? a'"],
    ['*a', "'*a'"],
    ['&a', "'&a'"],
    ['!a', "'!a'"],
    ['@a', "'@a'"],
    ['%a', "'%a'"],
    ['{a}', "'{a}'"],
    ["it's", "it's"],
    ["'s", "'''s'"],
    [' a', "' a'"],
    ['a ', "'a '"],
    ['a, b', 'a, b'],
    ['<<', '<<'],
    ['a\tb', '"a\\tb"'],
    ['a\\b', 'a\\b'],
    ['a\rb"\\', '"a\\rb\\"\\\\"'],
    ['\u0007\u001b', '"\\a\\e"'],
    ['é', 'é'],
    ['😀', '"\\U0001F600"'],
    ['a \u2028', '"a \\L"'],
    ['\u00a0', '\u00a0'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\nb\n', '|\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    ['\n', '|2+\n'],
    ['  a\nb', '|2-\n    a\n  b'],
    ['a\n\tb', '|-\n  a\n  \tb'],
    ['a \nb', '"a \\nb"'],
    ['a\nb ', '"a\\nb "'],
  ])('writes %j as %s', (text, expected) => {
    expect(rewritten(`a: ${JSON.stringify(text)}`)).toBe(`a: ${expected}\n`)
  })

  test.each([
    ['1.0', '1'],
    ['1e6', '1e+06'],
    ['0.1', '0.1'],
    ['.inf', '.inf'],
    ['-.inf', '-.inf'],
    ['.nan', '.nan'],
    ['18446744073709551615', '18446744073709551615'],
    ['2020-01-02', '2020-01-02T00:00:00Z'],
    ['~', 'null'],
    ['yes', '"yes"'],
    ['[]', '[]'],
    ['{}', '{}'],
  ])('writes %s as %s', (text, expected) => {
    expect(rewritten(`a: ${text}`)).toBe(`a: ${expected}\n`)
  })

  it('writes blocks indented by two', () => {
    const lines = ['a:', '  - 1', '  - - 2', '    - b: 3', '      c: 4', '  - {}', 'd:', '  e:', '    f: g']
    expect(rewritten(lines.join('\n'))).toBe(`${lines.join('\n')}\n`)
  })

  it('indents a text of several lines by where it stands', () => {
    const lines = ['a:', '  - |', '    one', '', '    two', '  - b: |-', '      three', '      four']
    expect(rewritten(lines.join('\n'))).toBe(`${lines.join('\n')}\n`)
  })

  it('orders names by their numbers, letters last', () => {
    const names = ['a', 'a1', 'a2', 'a10', 'a-b', 'a_b', 'A', '_', 'b', 'aa', 'a01', 'é', '"1"']
    const written = rewritten(`{${names.map((name) => `${name}: x`).join(', ')}}`)
    expect(written.replaceAll(': x', '').trim().split('\n')).toEqual([
      '_',
      '"1"',
      'A',
      'a',
      'a-b',
      'a_b',
      'a1',
      'a01',
      'a2',
      'a10',
      'aa',
      'b',
      'é',
    ])
  })

  it('puts a name that is too long, or of several lines, before its colon', () => {
    const long = 'k'.repeat(129)
    expect(rewritten(`? ${long}\n: a`)).toBe(`? ${long}\n: a\n`)
    expect(rewritten(`? "k\\nl"\n: [a]`)).toBe('? |-\n  k\n  l\n: - a\n')
  })
})
