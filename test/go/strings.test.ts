import { expect, it } from 'vitest'
import { compareStrings } from '../../src/go/strings.ts'

it('orders strings by their bytes, as Go does, and not by UTF-16', () => {
  const inOrder = ['', 'A', 'a', 'a\0', 'ab', 'é', '\ue000', '\uffee', '😀', '😀a']
  expect(inOrder.toReversed().toSorted(compareStrings)).toEqual(inOrder)
  expect(compareStrings('\ud83d\ude00', '\uffee')).toBeGreaterThan(0)
  expect(compareStrings('x', 'x')).toBe(0)
})
