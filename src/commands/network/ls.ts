import { command, noArgs } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { networkRows, networkView } from '../../format/views/network.ts'
import { localZone } from '../_local-zone.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['network ls'],
  aliases: ['network list'],
  summary: 'List networks',
  args: noArgs,
  flags: {
    filter: filter('Filter the list by condition, such as "driver=bridge"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    noTrunc: bool('Do not truncate IDs'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  async run(context, { options }) {
    const { networks } = await context.engine()
    const found = await networks.list({ filters: options.filter ?? {}, signal: context.signal })
    const sorted = found.toSorted((a, b) => compareNatural(a.Name, b.Name))
    const rows = networkRows(sorted, { noTrunc: options.noTrunc === true, zone: localZone(context) })
    await printList(context, networkView, rows, options)
  },
})
