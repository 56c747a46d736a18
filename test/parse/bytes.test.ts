import { describe, expect, it } from 'vitest'
import { parseBytes, parseDecimalBytes, parseSwapBytes } from '../../src/parse/bytes.ts'

describe('parseBytes', () => {
  it.each<[string, unknown]>([
    ['0', 0],
    ['1', 1],
    ['512', 512],
    ['1b', 1],
    ['1B', 1],
    ['1k', 1024],
    ['1K', 1024],
    ['1kb', 1024],
    ['1KB', 1024],
    ['1KiB', 1024],
    ['1kib', 1024],
    ['1m', 1048576],
    ['1.5g', 1610612736],
    ['1t', 1099511627776],
    ['1p', 1125899906842624],
    ['1 k', 1024],
    ['1 kb', 1024],
    ['1e3', 1000],
    ['1e3k', 1024000],
    ['.5m', 524288],
    ['5.', 5],
    ['5. k', 5120],
    ['+5m', 5242880],
    ['5 ', 5],
    ['1mib', 1048576],
    ['1Mb', 1048576],
    ['inf b', -9223372036854775808n],
    ['nan b', -9223372036854775808n],
    ['9007199254740993', 9007199254740992n],
    ['9223372036854775807', -9223372036854775808n],
    ['1152921504606846977', 1152921504606846976n],
    ['0x1p4', 16],
    ['0x.8p1k', 1024],
    ['1_000', 1000],
    ['0.1k', 102],
    ['1mB', 1048576],
    ['1MIB', 1048576],
  ])('reads %j', (text, value) => {
    expect(parseBytes(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['1e', "invalid suffix: 'e'"],
    ['1  k', 'strconv.ParseFloat: parsing "1 ": invalid syntax'],
    ['', "invalid size: ''"],
    ['k', "invalid size: 'k'"],
    ['-1', "invalid size: '-1'"],
    ['-1m', "invalid size: '-1m'"],
    ['1kk', "invalid suffix: 'kk'"],
    ['1bk', "invalid suffix: 'bk'"],
    ['1kibi', "invalid suffix: 'kibi'"],
    ['1.5.5m', 'strconv.ParseFloat: parsing "1.5.5": invalid syntax'],
    ['0x10', 'strconv.ParseFloat: parsing "0x10": invalid syntax'],
    [' 5', 'strconv.ParseFloat: parsing " 5": invalid syntax'],
    ['8E', "invalid suffix: 'e'"],
    ['1,5g', 'strconv.ParseFloat: parsing "1,5": invalid syntax'],
    ['1e400', 'strconv.ParseFloat: parsing "1e400": value out of range'],
    ['0x1p', 'strconv.ParseFloat: parsing "0x1": invalid syntax'],
    ['100x', "invalid suffix: 'x'"],
    ['1kbb', "invalid suffix: 'kbb'"],
    ['1Ki', "invalid suffix: 'ki'"],
    ['1é', "invalid suffix: 'é'"],
    ['10ééé', "invalid suffix: 'ééé'"],
    ['infk 1', 'strconv.ParseFloat: parsing "infk 1": invalid syntax'],
  ])('refuses %j', (text, message) => {
    expect(() => parseBytes(text)).toThrow(expect.objectContaining({ message }))
  })
})

describe('parseDecimalBytes', () => {
  it.each<[string, unknown]>([
    ['1k', 1000],
    ['1kB', 1000],
    ['44kB', 44000],
    ['17MB', 17000000],
    ['1.5GiB', 1500000000],
    ['1 MB', 1000000],
  ])('reads %j', (text, value) => {
    expect(parseDecimalBytes(text)).toEqual(value)
  })
  it.each<[string, string]>([['x', "invalid size: 'x'"]])('refuses %j', (text, message) => {
    expect(() => parseDecimalBytes(text)).toThrow(expect.objectContaining({ message }))
  })
})

describe('parseSwapBytes', () => {
  it.each<[string, unknown]>([
    ['-1', -1],
    ['1g', 1073741824],
    ['0', 0],
  ])('reads %j', (text, value) => {
    expect(parseSwapBytes(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['-2', "invalid size: '-2'"],
    ['-1m', "invalid size: '-1m'"],
  ])('refuses %j', (text, message) => {
    expect(() => parseSwapBytes(text)).toThrow(expect.objectContaining({ message }))
  })
})
