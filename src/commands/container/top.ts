import { atLeast, command } from '../../cli/command.ts'
import { alignColumns } from '../../go/tabwriter.ts'
import { visibleCell } from '../../go/visible.ts'
import { displayWidth, isEastAsian } from '../../format/width.ts'

export default command({
  path: ['container top', 'top'],
  summary: "List a container's processes",
  args: atLeast(1, 'CONTAINER [ps OPTIONS]'),
  usage: 'CONTAINER [ps OPTIONS]',
  interspersed: false,
  complete: 'container-running',
  async run({ engine, env, out, signal }, { args: [id = '', ...args] }) {
    const { containers } = await engine()
    const { Titles, Processes } = await containers.top(id, { args, signal })
    const shown = out.isTerminal ? visibleCell : (text: string): string => text
    const lines = [Titles ?? [], ...(Processes ?? [])].map((cells) => `${(cells ?? []).map(shown).join('\t')}\n`)
    const eastAsian = isEastAsian(env)
    const width = (cell: string): number => displayWidth(cell, eastAsian)
    out.write(alignColumns(lines.join(''), { minWidth: 20, padding: 3, width }))
  },
})
