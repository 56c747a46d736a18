import { expect, it } from 'vitest'
import { effectiveCapabilities, normalizeCapability, requestedCapabilities } from '../../src/parse/capabilities.ts'

it('gives full names', () => {
  const names = [' net_admin ', 'CAP_SYS_ADMIN', 'all', 'reset', '']
  expect(names.map(normalizeCapability)).toEqual(['CAP_NET_ADMIN', 'CAP_SYS_ADMIN', 'ALL', 'RESET', 'CAP_'])
})

it('lets adding win over dropping, and ALL over the rest', () => {
  expect(effectiveCapabilities(['b', 'a', 'a'], ['b', 'c', 'RESET'])).toEqual({
    add: ['CAP_A', 'CAP_B'],
    drop: ['CAP_C'],
  })
  expect(effectiveCapabilities(['ALL', 'a'], ['a', 'ALL'])).toEqual({ add: ['ALL'], drop: [] })
  expect(effectiveCapabilities(['a'], ['ALL', 'b'])).toEqual({ add: ['CAP_A'], drop: ['ALL'] })
})

it('sends full names, sorted, once each', () => {
  expect(requestedCapabilities(['sys_admin', 'ALL', 'net_admin', 'CAP_SYS_ADMIN', 'reset'])).toEqual([
    'ALL',
    'CAP_NET_ADMIN',
    'CAP_RESET',
    'CAP_SYS_ADMIN',
  ])
})
