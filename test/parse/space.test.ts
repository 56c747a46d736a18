import { expect, it } from 'vitest'
import { trimSpace, trimStart } from '../../src/parse/space.ts'

it('removes what Unicode calls white space and no byte order mark', () => {
  expect(trimSpace(' \t\n\u0085\u00a0\u3000a b\u2028\r\v\f')).toBe('a b')
  expect(trimSpace('\ufeffa\ufeff')).toBe('\ufeffa\ufeff')
  expect(trimStart(' a ')).toBe('a ')
})
