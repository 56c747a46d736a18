import { expect, it } from 'vitest'
import { cut } from '../../src/parse/cut.ts'

it('splits at the first separator and tells whether there was one', () => {
  expect(cut('a=b=c', '=')).toEqual({ before: 'a', after: 'b=c', found: true })
  expect(cut('a=', '=')).toEqual({ before: 'a', after: '', found: true })
  expect(cut('a', '=')).toEqual({ before: 'a', after: '', found: false })
})
