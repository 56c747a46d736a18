import { command, noArgs } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { pluginRows, pluginView } from '../../format/views/plugin.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['plugin ls'],
  aliases: ['plugin list'],
  summary: 'List plugins',
  args: noArgs,
  flags: {
    filter: filter('Filter the list by condition, such as "enabled=true"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    noTrunc: bool('Do not truncate IDs and descriptions'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  async run(context, { options }) {
    const { plugins } = await context.engine()
    const found = await plugins.list({ filters: options.filter ?? {}, signal: context.signal })
    const sorted = found.toSorted((a, b) => compareNatural(a.Name, b.Name))
    await printList(context, pluginView, pluginRows(sorted, options.noTrunc === true), options)
  },
})
