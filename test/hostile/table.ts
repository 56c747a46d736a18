/** Prints what was counted, one group of faults a row, as docs/reliability.md has it. */
export function printTable(table: Readonly<Record<string, Record<string, number>>>, offences: readonly string[]): void {
  const rows = Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const head = `| Faults | Cases | ${offences.join(' | ')} |\n| --- | --: |${' --: |'.repeat(offences.length)}`
  const body = rows.map(
    ([name, row]) => `| ${[name, row['cases'], ...offences.map((each) => row[each] ?? 0)].join(' | ')} |`,
  )
  const cases = rows.reduce((sum, [, row]) => sum + (row['cases'] ?? 0), 0)
  console.log(`${head}\n${body.join('\n')}\n${cases} cases`)
}
