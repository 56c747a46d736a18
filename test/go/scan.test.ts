import { describe, expect, it } from 'vitest'
import { compact, indent } from '../../src/go/scan.ts'

describe('indent', () => {
  const texts = [
    '{"a":[1,{"b":null}],"c":"\\u003ca \\u0026 b\\u003e","10":{},"9":[],"__proto__":{"a":[[]]}}',
    '{"a":"<a & b>","é":"\\u00e9","\\/":"\\u2028"}',
    '{"a":9223372036854771712,"b":1.0,"c":1e-07,"d":-0,"a":2}',
    '"{\\"a\\":[1,2]}"',
    '-1.5',
  ]
  // Go's own words for it, which the vectors hold, with a prefix: what the lines begin with.
  const prefixed = (text: string, prefix: string): string => indent(text, '', '  ').replaceAll('\n', `\n${prefix}`)
  it.each(texts)('lays %.40s out alike whether its spelling is plain or not', (text) => {
    const odd = ` ${text}`
    expect(indent(text, '', '  ')).toBe(indent(odd, '', '  '))
    expect(indent(`${text}\n `, '', '  ')).toBe(`${indent(odd, '', '  ')}\n `)
    for (const prefix of ['  ', '> ']) {
      expect(indent(text, prefix, '  ')).toBe(prefixed(text, prefix))
      expect(indent(odd, prefix, '  ')).toBe(prefixed(text, prefix))
    }
    expect(indent(text, '', ' '.repeat(11))).toBe(indent(odd, '', ' '.repeat(11)))
    expect(compact(` ${text}`)).toBe(text)
    expect(compact(text)).toBe(text)
  })
})

describe('compact', () => {
  it.each<[string, unknown]>([
    ['{}', '{}'],
    [' { "a" : 1 , "b" : [ 1 , 2 ] } ', '{"a":1,"b":[1,2]}'],
    ['"a\\u00e9 b"', '"a\\u00e9 b"'],
    ['null', 'null'],
    ['{"a":"é"}', '{"a":"é"}'],
    ['{"a":"<"}', '{"a":"<"}'],
    ['{"a":"\\u003c"}', '{"a":"\\u003c"}'],
    [String.raw`{ "\\" : "\"" , "\\\" :" : "\\\\" }`, String.raw`{"\\":"\"","\\\" :":"\\\\"}`],
    ['1e+5', '1e+5'],
    ['{"a":{"b":[true,false,null,-1.5E-3]}}', '{"a":{"b":[true,false,null,-1.5E-3]}}'],
  ])('reads %j', (text, value) => {
    expect(compact(text)).toEqual(value)
  })
  it('reads what nests as deep as encoding/json goes', () => {
    const text = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
    expect(compact(text)).toBe(text)
  })
  it('reads each character of a large text once', () => {
    const text = `[${Array.from({ length: 600_000 }, () => '"a string of some length"').join(',')}]`
    expect(compact(text)).toBe(text)
    // Looking through the rest of the text for each string takes minutes.
  }, 20_000)
  it.each<[string, string]>([
    ['nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['nulx', "invalid character 'x' in literal null (expecting 'l')"],
    ['tru', "invalid character ' ' in literal true (expecting 'e')"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
    ['[1 2]', "invalid character '2' after array element"],
    ['1.', "invalid character ' ' after decimal point in numeric literal"],
    ['1.5e', "invalid character ' ' in exponent of numeric literal"],
    ['01', "invalid character '1' after top-level value"],
    ['-', "invalid character ' ' in numeric literal"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['"abc', 'unexpected end of JSON input'],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\q"', "invalid character 'q' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['', 'unexpected end of JSON input'],
    ['  ', 'unexpected end of JSON input'],
    ['not json', "invalid character 'o' in literal null (expecting 'u')"],
    ["'a'", "invalid character '\\'' looking for beginning of value"],
    ['[', 'unexpected end of JSON input'],
    ['{', 'unexpected end of JSON input'],
    ['{"a"', 'unexpected end of JSON input'],
    ['{"a":', 'unexpected end of JSON input'],
    ['[1', 'unexpected end of JSON input'],
    ['true false', "invalid character 'f' after top-level value"],
    ['fals', "invalid character ' ' in literal false (expecting 'e')"],
    ['1.2.3', "invalid character '.' after top-level value"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['"\\', "invalid character ' ' in string escape code"],
    ['[}', "invalid character '}' looking for beginning of value"],
    ['{]', "invalid character ']' looking for beginning of object key string"],
    ['tr"', "invalid character '\"' in literal true (expecting 'u')"],
  ])('refuses %j', (text, message) => {
    expect(() => compact(text)).toThrow(expect.objectContaining({ message }))
  })
})

it.each<[string, string, number]>([
  ['{"é": x}', 'character', 7],
  ['[1] x', 'trailing', 4],
  ['{"a":', 'truncated', 5],
  ['nul', 'character', 3],
])('tells what kind of error %j is, and its byte', (text, kind, offset) => {
  expect(() => compact(text)).toThrow(expect.objectContaining({ code: 'json/syntax', kind, offset }))
})
