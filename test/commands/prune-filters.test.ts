import { expect, it } from 'vitest'
import { pruneFilters } from '../../src/commands/_prune-filters.ts'

it.each([
  [{}, [], {}],
  [{ until: ['1h'] }, ['until=2h', 'label=a=b', 'nonsense'], { until: ['1h', '2h'], label: ['a=b'] }],
  [{ label: ['keep'] }, ['label!=keep', 'label!=other'], { label: ['keep'], 'label!': ['other'] }],
  [{ 'label!': ['keep'] }, ['label=keep'], { 'label!': ['keep'] }],
])('%j with %j in config.json', (given, configured, expected) => {
  // `label!=x` is the filter `label!` with the value `x`.
  expect(pruneFilters(given, configured)).toEqual(expected)
})
