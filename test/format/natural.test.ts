import { expect, it } from 'vitest'
import { compareNatural } from '../../src/format/natural.ts'

it('orders as people do', () => {
  const ordered = ['', '0', '1', '01', '2', '10', 'A', 'a', 'a2', 'a02', 'a02b', 'a10', 'ab', 'b', 'é', '😀']
  expect(ordered.toReversed().toSorted(compareNatural)).toEqual(ordered)
})
