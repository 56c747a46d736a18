import { expect, test } from 'vitest'
import { absolutePath, isWindowsAbsolute } from '../../src/compose/paths.ts'

test.each([
  ['C:\\', true],
  ['c:/a', true],
  ['C:', false],
  ['C:a', false],
  ['\\\\host\\share\\', true],
  ['\\\\host\\share\\foo', true],
  ['//host/share/foo/bar', true],
  ['\\\\host\\share', false],
  ['\\\\host', false],
  ['\\\\.\\pipe\\name', false],
  ['\\\\host\\.\\a', false],
  ['/a', false],
  ['a', false],
  ['', false],
])('%s is an absolute path of Windows: %s', (name, expected) => {
  expect(isWindowsAbsolute(name)).toBe(expected)
})

test('a path counts from a folder unless it is absolute', () => {
  expect(absolutePath('/w/x', '../a')).toBe('/w/a')
  expect(absolutePath('/w', '')).toBe('/w')
  expect(absolutePath('/w', '/a')).toBe('/a')
})
