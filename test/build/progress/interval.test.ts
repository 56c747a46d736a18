import { describe, expect, test } from 'vitest'
import { mergeIntervals, totalSeconds } from '../../../src/build/progress/interval.ts'

const span = ([start, stop]: readonly [number, number?]) => ({
  start: BigInt(start),
  ...(stop !== undefined && { stop: BigInt(stop) }),
})

type Spans = (readonly [number, number?])[]

describe('mergeIntervals (the cases of buildkit progressui TestMergeIntervals)', () => {
  test.each<[string, Spans, Spans]>([
    ['none', [], []],
    ['one', [[0, 1]], [[0, 1]]],
    [
      'equal',
      [
        [2, 4],
        [2, 4],
      ],
      [[2, 4]],
    ],
    [
      'no overlap',
      [
        [0, 1],
        [2, 3],
        [7, 8],
      ],
      [
        [0, 1],
        [2, 3],
        [7, 8],
      ],
    ],
    [
      'subsumed',
      [
        [0, 10],
        [1, 2],
        [4, 9],
        [9, 10],
      ],
      [[0, 10]],
    ],
    [
      'partial overlaps',
      [
        [0, 3],
        [2, 5],
        [4, 8],
        [10, 12],
        [11, 14],
      ],
      [
        [0, 8],
        [10, 14],
      ],
    ],
    [
      'joined',
      [
        [0, 2],
        [2, 4],
        [4, 6],
        [8, 10],
        [10, 12],
        [11, 12],
        [11, 14],
      ],
      [
        [0, 6],
        [8, 14],
      ],
    ],
    ['open', [[0, 5], [6]], [[0, 5], [6]]],
    ['open with overlaps', [[1], [3, 5]], [[1]]],
    [
      'complex',
      [
        [0, 2],
        [1, 4],
        [1, 4],
        [1, 5],
        [6, 20],
        [8, 10],
        [8, 10],
        [9, 10],
        [12, 14],
        [19, 21],
        [30, 31],
        [32, 35],
        [33],
      ],
      [[0, 5], [6, 21], [30, 31], [32]],
    ],
  ])('%s', (_, given, merged) => {
    expect(mergeIntervals(given.map(span))).toEqual(merged.map(span))
  })
})

test('an open span lasts until now', () => {
  expect(totalSeconds([span([0, 1_500_000_000]), span([2_000_000_000])], 3_000_000_000n)).toBe(2.5)
})
