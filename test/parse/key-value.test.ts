import { describe, expect, it } from 'vitest'
import {
  parseEnv,
  parseLabel,
  parseLogOptions,
  parseStorageOptions,
  toMap,
  toNullableMap,
} from '../../src/parse/key-value.ts'

describe('parseLabel', () => {
  it.each<[string, unknown]>([
    ['a=b', 'a=b'],
    ['a', 'a'],
    ['a=', 'a='],
    [' a=b', ' a=b'],
    ['a=b c', 'a=b c'],
    ['\ta=b', '\ta=b'],
    ['a="x y"', 'a="x y"'],
  ])('reads %j', (text, value) => {
    expect(parseLabel(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['=b', "invalid label '=b': empty name"],
    ['', "invalid label '': empty name"],
    ['a b=c', "label 'a b' contains whitespaces"],
    ['a\tb', "label 'a\tb' contains whitespaces"],
    [' ', "invalid label ' ': empty name"],
  ])('refuses %j', (text, message) => {
    expect(() => parseLabel(text)).toThrow(new Error(message))
  })
})

describe('parseEnv', () => {
  it.each<[string, unknown]>([
    ['A=B', 'A=B'],
    ['A=', 'A='],
    ['A', 'A=1'],
    ['NOSUCH_VAR_X', 'NOSUCH_VAR_X'],
    ['A=b=c', 'A=b=c'],
    [' A=x', ' A=x'],
  ])('reads %j', (text, value) => {
    expect(parseEnv(text, (name) => (name === 'A' ? '1' : undefined))).toEqual(value)
  })
  it.each<[string, string]>([
    ['=B', 'invalid environment variable: =B'],
    ['', 'invalid environment variable: '],
  ])('refuses %j', (text, message) => {
    expect(() => parseEnv(text, (name) => (name === 'A' ? '1' : undefined))).toThrow(new Error(message))
  })
})

it('turns pairs into a map, the last of a key counting', () => {
  expect(toMap(['a=1', 'b', 'c=', 'a=2=3', '__proto__=x'])).toEqual(
    Object.fromEntries([
      ['a', '2=3'],
      ['b', ''],
      ['c', ''],
      ['__proto__', 'x'],
    ]),
  )
})

it('tells a key without a value from one with an empty value', () => {
  expect(toNullableMap(['a', 'b=', 'c=d'])).toEqual({ a: null, b: '', c: 'd' })
})

it('takes no log options with the driver none', () => {
  expect(parseLogOptions('', ['max-size=1m', 'x'])).toEqual({ 'max-size': '1m', x: '' })
  expect(parseLogOptions('none', [])).toEqual({})
  expect(() => parseLogOptions('none', ['a=b'])).toThrow(new Error('invalid logging opts for driver none'))
})

it('takes storage options only with a value', () => {
  expect(parseStorageOptions(['size=1G', 'x='])).toEqual({ size: '1G', x: '' })
  expect(() => parseStorageOptions(['size'])).toThrow(new Error('invalid storage option'))
})
