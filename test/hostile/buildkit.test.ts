import { expect, test } from 'vitest'
import { build, buildFaults, runBuilds } from './buildkit.ts'

test('a sample of faults while BuildKit builds: no hang, no JavaScript, no success, nothing left over', async () => {
  const well = await build()
  expect(well).toMatchObject({ exitCode: 0, result: 'whole', left: [], open: 0 })
  // One of the faults at a place, a different one at the next.
  const faults = buildFaults(well, 7).filter((_, i) => i % 11 === 0)
  const { findings } = await runBuilds(faults)
  expect(findings).toEqual([])
}, 180_000)
