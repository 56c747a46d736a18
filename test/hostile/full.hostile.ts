import { expect, test } from 'vitest'
import { offences } from './judge.ts'
import { casesOf, wellness } from './plan.ts'
import { runCases } from './run.ts'
import { printTable } from './table.ts'

test('every command and every fault', async () => {
  const only = new RegExp(process.env['ONLY'] ?? '')
  const wells = await wellness()
  const cases = casesOf(wells).filter(({ line, over, key, fault }) =>
    only.test(`${line.argv.join(' ')} | ${over} | ${key} | ${fault.group}: ${fault.name}`),
  )
  const { table, findings } = await runCases(cases, wells)
  printTable(table, offences)
  expect(findings.map(({ text }) => text)).toEqual([])
}, 7_200_000)
