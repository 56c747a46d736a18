import Table from 'cli-table3'

/** A table with ruled lines, for terminals only; pipes get plain lines. */
export function prettyTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } })
  table.push(...rows.map((row) => [...row]))
  return table.toString()
}
