import { expect, test } from 'vitest'
import { customHeaders } from '../../src/connection/headers.ts'

test.each<[Record<string, string> | undefined, string | undefined, Record<string, string>]>([
  [undefined, undefined, {}],
  [{ 'x-a': '1', 'ODD name': '2' }, undefined, { 'X-A': '1', 'ODD name': '2' }],
  [{ 'x-a': '1' }, '', { 'X-A': '1' }],
  [undefined, 'a=b', { A: 'b' }],
  [undefined, 'x-one=1,"x-two=2,3", x-three=a=b ', { 'X-One': '1', 'X-Two': '2,3', 'X-Three': 'a=b ' }],
  // Those of the environment take the place of all in the file.
  [{ 'x-a': '1' }, 'b=2', { B: '2' }],
  [undefined, 'a=', { A: '' }],
])('%j with %j', (config, variable, expected) => {
  expect(customHeaders(config, variable)).toEqual(expected)
})

const VARIABLE = 'custom headers from DOCKER_CUSTOM_HEADERS environment variable'

test.each([
  ['a', `failed to set ${VARIABLE}: missing "=" in key=value pair: 'a'`],
  ['=b', `failed to set ${VARIABLE}: value contains a key=value pair with an empty key: '=b'`],
  ['"a', `failed to parse ${VARIABLE}: value must be formatted as comma-separated key=value pairs`],
])('%j is refused', (variable, message) => {
  expect(() => customHeaders(undefined, variable)).toThrow(message)
})

test('two names that are one are refused', () => {
  expect(() => customHeaders({ 'x-a': '1', 'X-A': '2' }, undefined)).toThrow('duplicate custom HTTP header (X-A)')
})
