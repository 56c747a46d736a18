import { expect, test } from 'vitest'
import { build, buildFaults, buildOffences, runBuilds } from './buildkit.ts'
import { printTable } from './table.ts'

test('every fault at every byte while BuildKit builds', async () => {
  const { table, findings } = await runBuilds(buildFaults(await build(), 1))
  printTable(table, buildOffences)
  expect(findings).toEqual([])
}, 7_200_000)
