import { expect, it } from 'vitest'
import { osReason } from '../../src/errors/os-error.ts'

it.each([
  ['EACCES', "EACCES: permission denied, open 'x'", 'permission denied'],
  ['EISDIR', 'EISDIR: illegal operation on a directory, read', 'is a directory'],
  // Node 24 explains a working folder that was removed.
  ['ENOENT', 'ENOENT: process.cwd failed with error no such file or directory, uv_cwd', 'no such file or directory'],
])("gives the system's message for %s", (code, message, reason) => {
  expect(osReason(Object.assign(new Error(message), { code }))).toBe(reason)
})
