import { command, noArgs } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { stackRows, stackView } from '../../format/views/stack.ts'
import { printList } from '../_list.ts'
import { stackFlags } from './_flags.ts'
import { listStacks } from './_stacks.ts'

export default command({
  path: ['stack ls'],
  aliases: ['stack list'],
  summary: 'List stacks',
  args: noArgs,
  flags: { ...stackFlags, format: string('Format the output: "table [TEMPLATE]", "json" or a Go template') },
  async run(context, { options }) {
    const stacks = await listStacks(context)
    const sorted = stacks.toSorted((a, b) => compareNatural(a.name, b.name))
    await printList(context, stackView, stackRows(sorted), options)
  },
})
