import { expect, test } from 'vitest'
import { offences } from './judge.ts'
import { casesOf, wellness } from './plan.ts'
import { runCases } from './run.ts'

test('every command and every fault', async () => {
  const only = new RegExp(process.env['ONLY'] ?? '')
  const wells = await wellness()
  const cases = casesOf(wells).filter(({ line, over, key, fault }) =>
    only.test(`${line.argv.join(' ')} | ${over} | ${key} | ${fault.group}: ${fault.name}`),
  )
  const { table, findings } = await runCases(cases, wells)
  const rows = Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const head = `| Faults | Cases | ${offences.join(' | ')} |\n| --- | --: |${' --: |'.repeat(offences.length)}`
  const body = rows.map(
    ([name, row]) => `| ${[name, row['cases'], ...offences.map((each) => row[each] ?? 0)].join(' | ')} |`,
  )
  console.log(`${head}\n${body.join('\n')}\n${cases.length} cases`)
  expect(findings.map(({ text }) => text)).toEqual([])
}, 7_200_000)
