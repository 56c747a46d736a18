import { command, noArgs } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { clusterFormat, volumeRows, volumeView } from '../../format/views/volume.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['volume ls'],
  aliases: ['volume list'],
  summary: 'List volumes',
  args: noArgs,
  flags: {
    cluster: bool('List only cluster volumes, in the cluster volume table', { since: '1.42', swarm: 'manager' }),
    filter: filter('Filter the list by condition, such as "dangling=true"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    quiet: bool('Print only names', { short: 'q' }),
  },
  async run(context, { options }) {
    const { volumes } = await context.engine()
    const found = await volumes.list({ filters: options.filter ?? {}, signal: context.signal })
    const { cluster = false, quiet = false } = options
    const shown = cluster ? found.filter((volume) => volume.ClusterVolume) : found
    const rows = volumeRows(shown.toSorted((a, b) => compareNatural(a.Name, b.Name)))
    // The cluster's own table wins over --format, as in the reference.
    const format = cluster ? (quiet ? '' : clusterFormat) : options.format
    await printList(context, volumeView, rows, { format, quiet })
  },
})
