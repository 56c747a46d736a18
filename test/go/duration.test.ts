import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from '../../src/go/duration.ts'

describe('parseDuration', () => {
  it.each<[string, unknown]>([
    ['0', 0n],
    ['1s', 1000000000n],
    ['1.5s', 1500000000n],
    ['-1.5h', -5400000000000n],
    ['1h30m', 5400000000000n],
    ['1h30m10.5s', 5410500000000n],
    ['100ms', 100000000n],
    ['1us', 1000n],
    ['1µs', 1000n],
    ['1μs', 1000n],
    ['5ns', 5n],
    ['+5m', 300000000000n],
    ['.5s', 500000000n],
    ['1.s', 1000000000n],
    ['2562047h47m16.854775807s', 9223372036854775807n],
    ['-2562047h47m16.854775808s', -9223372036854775808n],
    ['9223372036854775807ns', 9223372036854775807n],
    ['-9223372036854775808ns', -9223372036854775808n],
    ['0.000000001s', 1n],
    ['0.0000000001s', 0n],
    ['1.123456789012345678901s', 1123456789n],
    ['-0', 0n],
  ])('reads %j', (text, value) => {
    expect(parseDuration(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['s', 'time: invalid duration "s"'],
    ['1', 'time: missing unit in duration "1"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1..5s', 'time: missing unit in duration "1..5s"'],
    ['1h1', 'time: missing unit in duration "1h1"'],
    ['3000000h', 'time: invalid duration "3000000h"'],
    ['2562047h47m16.854775808s', 'time: invalid duration "2562047h47m16.854775808s"'],
    ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
    ['1e3s', 'time: unknown unit "e" in duration "1e3s"'],
    ['10 s', 'time: unknown unit " s" in duration "10 s"'],
    ['1S', 'time: unknown unit "S" in duration "1S"'],
    ['abc', 'time: invalid duration "abc"'],
    ['1h-5m', 'time: unknown unit "h-" in duration "1h-5m"'],
    ['00', 'time: missing unit in duration "00"'],
    ['0.5', 'time: missing unit in duration "0.5"'],
    ['1_0s', 'time: unknown unit "_" in duration "1_0s"'],
    ['1m\n', 'time: unknown unit "m\\x0a" in duration "1m\\x0a"'],
    ['99999999999999999999s', 'time: invalid duration "99999999999999999999s"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDuration(text)).toThrow(new Error(message))
  })
})

describe('formatDuration', () => {
  it.each<[string, unknown]>([
    ['0', '0s'],
    ['1', '1ns'],
    ['999', '999ns'],
    ['1000', '1µs'],
    ['1500', '1.5µs'],
    ['1000000', '1ms'],
    ['1500000', '1.5ms'],
    ['999999999', '999.999999ms'],
    ['1000000000', '1s'],
    ['90000000000', '1m30s'],
    ['3600000000000', '1h0m0s'],
    ['5400500000000', '1h30m0.5s'],
    ['-1500000000', '-1.5s'],
    ['86400000000000', '24h0m0s'],
    ['9223372036854775807', '2562047h47m16.854775807s'],
    ['60000000000', '1m0s'],
    ['1100', '1.1µs'],
    ['3661000000001', '1h1m1.000000001s'],
  ])('reads %j', (text, value) => {
    expect(formatDuration(BigInt(text))).toEqual(value)
  })
})
