import { command, noArgs } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { serviceRows, serviceView } from '../../format/views/service.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['service ls'],
  aliases: ['service list'],
  summary: 'List services',
  args: noArgs,
  flags: {
    filter: filter('Filter the list by condition, such as "mode=global"', { short: 'f', complete: 'service-filters' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  async run(context, { options }) {
    const { services } = await context.engine()
    const status = options.quiet !== true
    const found = await services.list({ filters: options.filter ?? {}, status, signal: context.signal })
    const sorted = found.toSorted((a, b) => compareNatural(a.Spec?.Name ?? '', b.Spec?.Name ?? ''))
    await printList(context, serviceView, serviceRows(sorted), options)
  },
})
