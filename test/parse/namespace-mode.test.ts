import { expect, it } from 'vitest'
import { parseCgroupNamespace, parsePidMode, parseUserNamespace, parseUtsMode } from '../../src/parse/namespace-mode.ts'

it.each([
  ['pid', parsePidMode, ['', 'host', 'container:web'], ['container:', 'bogus', 'container'], '--pid: invalid PID mode'],
  ['uts', parseUtsMode, ['', 'host'], ['private', 'container:web'], '--uts: invalid UTS mode'],
  ['userns', parseUserNamespace, ['', 'host'], ['private'], '--userns: invalid USER mode'],
  ['cgroupns', parseCgroupNamespace, ['', 'host', 'private'], ['bogus'], '--cgroupns: invalid CGROUP mode'],
])('takes the modes of --%s and no others', (_, parse, good, bad, message) => {
  for (const mode of good) expect(parse(mode)).toBe(mode)
  for (const mode of bad) expect(() => parse(mode)).toThrow(new Error(message))
})
