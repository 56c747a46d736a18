import { describe, expect, it } from 'vitest'
import { parseUlimit } from '../../src/parse/ulimit.ts'

describe('parseUlimit', () => {
  it.each<[string, unknown]>([
    ['nofile=1024', { Name: 'nofile', Hard: 1024, Soft: 1024 }],
    ['nofile=1024:2048', { Name: 'nofile', Hard: 2048, Soft: 1024 }],
    ['nofile=-1', { Name: 'nofile', Hard: -1, Soft: -1 }],
    ['nofile=-1:-1', { Name: 'nofile', Hard: -1, Soft: -1 }],
    ['nofile=5:-1', { Name: 'nofile', Hard: -1, Soft: 5 }],
    ['core=9223372036854775807', { Name: 'core', Hard: 9223372036854775807n, Soft: 9223372036854775807n }],
    ['core=0', { Name: 'core', Hard: 0, Soft: 0 }],
  ])('reads %j', (text, value) => {
    expect(parseUlimit(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['nofile=2048:1024', 'ulimit soft limit must be less than or equal to hard limit: 2048 > 1024'],
    ['nofile=-1:5', 'ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: 5'],
    ['nofile=1:2:3', 'too many limit value arguments - 1:2:3, can only have up to two, `soft[:hard]`'],
    ['nofile', 'invalid ulimit argument: nofile'],
    ['nofile=', 'strconv.ParseInt: parsing "": invalid syntax'],
    ['nofile=x', 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['nofile=1:x', 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['bogus=1', 'invalid ulimit type: bogus'],
    ['=1', 'invalid ulimit type: '],
    ['nofile=1:', 'strconv.ParseInt: parsing "": invalid syntax'],
    ['NOFILE=1', 'invalid ulimit type: NOFILE'],
    ['as=1', 'invalid ulimit type: as'],
    ['cpu=1:99999999999999999999', 'strconv.ParseInt: parsing "99999999999999999999": value out of range'],
  ])('refuses %j', (text, message) => {
    expect(() => parseUlimit(text)).toThrow(expect.objectContaining({ message }))
  })
})
