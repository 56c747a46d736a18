import { command, noArgs } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { networkFormat, networkHeader, networkRows } from '../../format/views/network.ts'
import { localZone } from '../_local-zone.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['network ls'],
  aliases: ['network list'],
  summary: 'List networks',
  args: noArgs,
  flags: {
    filter: filter('Show only networks that match, such as "driver=bridge"', { short: 'f' }),
    format: string("Print a table, JSON ('json') or what a Go template makes of each network"),
    noTrunc: bool('Show full IDs'),
    quiet: bool('Print IDs only', { short: 'q' }),
  },
  async run(context, { options }) {
    const { networks } = await context.engine()
    const found = await networks.list({ filters: options.filter ?? {}, signal: context.signal })
    const quiet = options.quiet === true
    const configured = quiet ? '' : ((await context.config()).data.networksFormat ?? '')
    await printList(context, {
      format: networkFormat(options.format || configured, quiet),
      header: networkHeader,
      rows: networkRows(
        found.toSorted((a, b) => compareNatural(a.Name, b.Name)),
        { noTrunc: options.noTrunc === true, zone: localZone(context) },
      ),
    })
  },
})
