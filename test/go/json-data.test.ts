import { expect, it } from 'vitest'
import { escapeHtml, toJson } from '../../src/go/json-data.ts'

it('escapes what Go escapes', () => {
  expect(toJson({ a: '<&>\u2028' })).toBe('{"a":"\\u003c\\u0026\\u003e\\u2028"}')
  expect(toJson({ a: '<&>\u2029' }, { escapeHTML: false })).toBe('{"a":"<&>\\u2029"}')
  expect(toJson(undefined)).toBe('null')
})

it('writes half a surrogate pair as the replacement character, and what looks like its escape as it is', () => {
  expect(toJson(['a\ud83d!', '😀', '\\ud83d', '\\\ud83d'])).toBe('["a\\ufffd!","😀","\\\\ud83d","\\\\\\ufffd"]')
})

it('writes a bigint with all its digits, as a number', () => {
  expect(toJson({ a: 9223372036854775807n, b: [-1n], c: '9' })).toBe('{"a":9223372036854775807,"b":[-1],"c":"9"}')
  expect(toJson(7n)).toBe('7')
})

it('indents as json.MarshalIndent', () => {
  expect(toJson({ a: { b: 1n } }, { indent: '\t' })).toBe('{\n\t"a": {\n\t\t"b": 1\n\t}\n}')
})

it('escapes a text that is JSON already, and leaves its own escapes', () => {
  expect(escapeHtml('{"a": "<\\ud83d\\ude00>"}')).toBe('{"a": "\\u003c\\ud83d\\ude00\\u003e"}')
})
