import { expect, it } from 'vitest'
import { parseTime } from '../../src/go/time-layout.ts'

it('takes the offset it is handed where the layout has none', () => {
  expect(parseTime('2006-01-02', '1970-01-02', 3600)).toEqual({ seconds: 82800, nanoseconds: 0 })
  expect(parseTime('2006-01-02Z07:00', '1970-01-02-01:00', 7200)).toEqual({ seconds: 90000, nanoseconds: 0 })
})

it('rounds seconds down before 1970', () => {
  expect(parseTime('2006-01-02T15:04:05Z07:00', '1969-12-31T23:59:59.5Z', 0)).toEqual({
    seconds: -1,
    nanoseconds: 500_000_000,
  })
})

it('names the part that does not fit', () => {
  const message = 'parsing time "2006-01-02x" as "2006-01-02Z07:00": cannot parse "x" as "Z07:00"'
  expect(() => parseTime('2006-01-02Z07:00', '2006-01-02x', 0)).toThrow(new Error(message))
})
