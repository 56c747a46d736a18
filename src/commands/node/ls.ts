import { command, noArgs } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { nodeRows, nodeView } from '../../format/views/node.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['node ls'],
  aliases: ['node list'],
  summary: 'List the nodes of the swarm',
  args: noArgs,
  flags: {
    filter: filter('Filter the list by condition, such as "role=manager"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  async run(context, { options }) {
    const { nodes, system } = await context.engine()
    const { signal } = context
    const found = await nodes.list({ filters: options.filter ?? {}, signal })
    const swarm = found.length > 0 && options.quiet !== true ? (await system.info({ signal })).Swarm : {}
    const sorted = found.toSorted((a, b) =>
      compareNatural(a.Description?.Hostname ?? '', b.Description?.Hostname ?? ''),
    )
    await printList(context, nodeView, nodeRows(sorted, swarm), options)
  },
})
