import { describe, expect, it } from 'vitest'
import { binarySize, humanDuration, humanSize } from '../../src/format/human.ts'

describe('humanSize', () => {
  it.each([
    [0, '0B'],
    [-1, '-1B'],
    [999, '999B'],
    [1000, '1kB'],
    [1536, '1.536kB'],
    [77_912_345, '77.91MB'],
    [999_999, '1000kB'],
    [1e27, '1000YB'],
    [100_250, '100.2kB'],
    [100_350, '100.3kB'],
    [100_750, '100.8kB'],
    [-123_456, '-1.235e+05B'],
  ])('shows %d as %s', (bytes, text) => expect(humanSize(bytes)).toBe(text))

  it.each([
    [10_250, '10.2kB'],
    [10_750, '10.8kB'],
    [999_900, '1e+03kB'],
    [123_456, '123kB'],
  ])('shows %d with three digits as %s', (bytes, text) => expect(humanSize(bytes, 3)).toBe(text))
})

describe('binarySize', () => {
  it.each([
    [0, '0B'],
    [1023, '1023B'],
    [1024, '1KiB'],
    [2_088_034_304, '1.945GiB'],
    [1_048_575, '1024KiB'],
  ])('shows %d as %s', (bytes, text) => expect(binarySize(bytes)).toBe(text))
})

describe('humanDuration', () => {
  const second = 1000
  const hour = 3600 * second
  const day = 24 * hour
  it.each([
    [-5 * second, 'Less than a second'],
    [999, 'Less than a second'],
    [second, '1 second'],
    [59_999, '59 seconds'],
    [60 * second, 'About a minute'],
    [59.9 * 60 * second, '59 minutes'],
    [hour, 'About an hour'],
    [1.5 * hour, '2 hours'],
    [47.4 * hour, '47 hours'],
    [2 * day, '2 days'],
    [13.9 * day, '13 days'],
    [14 * day, '2 weeks'],
    [60 * day, '2 months'],
    [729 * day, '24 months'],
    [730 * day, '2 years'],
    [1e18, '292 years'],
  ])('shows %d ms as %s', (span, text) => expect(humanDuration(span)).toBe(text))
})
