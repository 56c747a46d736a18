import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../src/go/csv.ts'

describe('parseCsv', () => {
  it.each<[string, unknown]>([
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['a,,b', ['a', '', 'b']],
    [',', ['', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a""b"', ['a"b']],
    ['"a\nb",c', ['a\nb', 'c']],
    ['\n\na,b', ['a', 'b']],
    ['a\r\n', ['a']],
    ['"a\r\nb"', ['a\nb']],
    ['a,b\nc,d', ['a', 'b']],
    ['"",x', ['', 'x']],
    ['a\r', ['a']],
    ['"a"\r', ['a']],
    ['"a","b"\n', ['a', 'b']],
    ['"x\n\n"', ['x\n\n']],
  ])('reads %j', (text, value) => {
    expect(parseCsv(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'EOF'],
    ['"a"b', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
    ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
    ['x,a"b', 'parse error on line 1, column 4: bare " in non-quoted-field'],
    ['"abc', 'parse error on line 1, column 5: extraneous or missing " in quoted-field'],
    ['é,a"b', 'parse error on line 1, column 5: bare " in non-quoted-field'],
    ['"é"x', 'parse error on line 1, column 4: extraneous or missing " in quoted-field'],
    ['"a\nb"c', 'record on line 1; parse error on line 2, column 2: extraneous or missing " in quoted-field'],
    ['"a\nb', 'record on line 1; parse error on line 2, column 2: extraneous or missing " in quoted-field'],
    ['a, "b"', 'parse error on line 1, column 4: bare " in non-quoted-field'],
    [' "a"', 'parse error on line 1, column 2: bare " in non-quoted-field'],
    ['\n', 'EOF'],
  ])('refuses %j', (text, message) => {
    expect(() => parseCsv(text)).toThrow(new Error(message))
  })
})
