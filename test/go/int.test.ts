import { describe, expect, it } from 'vitest'
import { int64, NumberError, parseDecimal, parseInteger, parseUnsigned, truncateToInt64 } from '../../src/go/int.ts'

describe('parseInteger', () => {
  it.each<[string, unknown]>([
    ['0', 0],
    ['1', 1],
    ['-1', -1],
    ['+5', 5],
    ['007', 7],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['9007199254740993', 9007199254740993n],
  ])('reads %j', (text, value) => {
    expect(parseInteger(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'strconv.ParseInt: parsing "": invalid syntax'],
    ['-', 'strconv.ParseInt: parsing "-": invalid syntax'],
    ['x', 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['1x', 'strconv.ParseInt: parsing "1x": invalid syntax'],
    ['0x10', 'strconv.ParseInt: parsing "0x10": invalid syntax'],
    ['1_000', 'strconv.ParseInt: parsing "1_000": invalid syntax'],
    ['9223372036854775808', 'strconv.ParseInt: parsing "9223372036854775808": value out of range'],
    ['-9223372036854775809', 'strconv.ParseInt: parsing "-9223372036854775809": value out of range'],
    [' 1', 'strconv.ParseInt: parsing " 1": invalid syntax'],
    ['1.5', 'strconv.ParseInt: parsing "1.5": invalid syntax'],
  ])('refuses %j', (text, message) => {
    expect(() => parseInteger(text)).toThrow(expect.objectContaining({ message }))
  })
})

describe('parseInteger with a base from the prefix', () => {
  it.each<[string, unknown]>([
    ['0', 0],
    ['10', 10],
    ['-10', -10],
    ['0x1F', 31],
    ['0X1f', 31],
    ['0b101', 5],
    ['0o17', 15],
    ['017', 15],
    ['1_000', 1000],
    ['0x_ff', 255],
    ['0_7', 7],
    ['-0x10', -16],
    ['+0b11', 3],
    ['00', 0],
    ['9223372036854775807', 9223372036854775807n],
  ])('reads %j', (text, value) => {
    expect(parseInteger(text, { base: 0 })).toEqual(value)
  })
  it.each<[string, string]>([
    ['08', 'strconv.ParseInt: parsing "08": invalid syntax'],
    ['_1', 'strconv.ParseInt: parsing "_1": invalid syntax'],
    ['1_', 'strconv.ParseInt: parsing "1_": invalid syntax'],
    ['1__0', 'strconv.ParseInt: parsing "1__0": invalid syntax'],
    ['0x', 'strconv.ParseInt: parsing "0x": invalid syntax'],
    ['0b2', 'strconv.ParseInt: parsing "0b2": invalid syntax'],
    ['0xg', 'strconv.ParseInt: parsing "0xg": invalid syntax'],
    ['0x8000000000000000', 'strconv.ParseInt: parsing "0x8000000000000000": value out of range'],
  ])('refuses %j', (text, message) => {
    expect(() => parseInteger(text, { base: 0 })).toThrow(expect.objectContaining({ message }))
  })
})

describe('parseUnsigned of 16 bits', () => {
  it.each<[string, unknown]>([
    ['0', 0],
    ['500', 500],
    ['65535', 65535],
    ['0x10', 16],
  ])('reads %j', (text, value) => {
    expect(parseUnsigned(text, { base: 0, bits: 16 })).toEqual(value)
  })
  it.each<[string, string]>([
    ['65536', 'strconv.ParseUint: parsing "65536": value out of range'],
    ['-1', 'strconv.ParseUint: parsing "-1": invalid syntax'],
    ['+1', 'strconv.ParseUint: parsing "+1": invalid syntax'],
    ['x', 'strconv.ParseUint: parsing "x": invalid syntax'],
    ['', 'strconv.ParseUint: parsing "": invalid syntax'],
  ])('refuses %j', (text, message) => {
    expect(() => parseUnsigned(text, { base: 0, bits: 16 })).toThrow(expect.objectContaining({ message }))
  })
})

describe('parseUnsigned', () => {
  it.each<[string, unknown]>([
    ['18446744073709551615', 18446744073709551615n],
    ['12', 12],
  ])('reads %j', (text, value) => {
    expect(parseUnsigned(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['18446744073709551616', 'strconv.ParseUint: parsing "18446744073709551616": value out of range'],
    ['0x1', 'strconv.ParseUint: parsing "0x1": invalid syntax'],
  ])('refuses %j', (text, message) => {
    expect(() => parseUnsigned(text)).toThrow(expect.objectContaining({ message }))
  })
})

describe('parseDecimal', () => {
  it.each<[string, unknown]>([
    ['5', 5],
    ['-7', -7],
    ['+3', 3],
  ])('reads %j', (text, value) => {
    expect(parseDecimal(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'strconv.Atoi: parsing "": invalid syntax'],
    ['x', 'strconv.Atoi: parsing "x": invalid syntax'],
    ['1e3', 'strconv.Atoi: parsing "1e3": invalid syntax'],
    ['9223372036854775808', 'strconv.Atoi: parsing "9223372036854775808": value out of range'],
    ['99999999999999999999', 'strconv.Atoi: parsing "99999999999999999999": value out of range'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDecimal(text)).toThrow(expect.objectContaining({ message }))
  })
})

it('keeps the reason of a refusal apart', () => {
  expect(new NumberError('Atoi', 'x', 'invalid syntax').reason).toBe('invalid syntax')
})

it('gives a number where it is exact, a bigint beyond', () => {
  expect(int64(9007199254740991n)).toBe(9007199254740991)
  expect(int64(9007199254740992n)).toBe(9007199254740992n)
})

it('truncates floats as Go does on x86-64', () => {
  expect([1.9, -1.9, 2 ** 60, Infinity, NaN, 2 ** 63].map(truncateToInt64)).toEqual([
    1,
    -1,
    1152921504606846976n,
    -9223372036854775808n,
    -9223372036854775808n,
    -9223372036854775808n,
  ])
})
