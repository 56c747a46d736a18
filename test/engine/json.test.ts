import { expect, it } from 'vitest'
import { marshal } from '../../src/engine/json.ts'

it('escapes what Go escapes', () => {
  expect(marshal({ a: '<&>\u2028' })).toBe('{"a":"\\u003c\\u0026\\u003e\\u2028"}')
  expect(marshal(undefined)).toBe('null')
})

it('writes a bigint with all its digits, as a number', () => {
  expect(marshal({ a: 9223372036854775807n, b: [-1n], c: '9' })).toBe('{"a":9223372036854775807,"b":[-1],"c":"9"}')
})
