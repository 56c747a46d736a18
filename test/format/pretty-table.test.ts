import { expect, test } from 'vitest'
import { prettyTable } from '../../src/format/pretty-table.ts'

test('a table has a head and ruled lines, and no colours of its own', () => {
  expect(
    prettyTable(
      ['A', 'B'],
      [
        ['1', 'two'],
        ['3', '4'],
      ],
    ),
  ).toBe(['┌───┬─────┐', '│ A │ B   │', '├───┼─────┤', '│ 1 │ two │', '│ 3 │ 4   │', '└───┴─────┘'].join('\n'))
})
