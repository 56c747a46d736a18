import { command, noArgs } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { serviceFormat, serviceHeader, serviceRows } from '../../format/views/service.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['service ls'],
  aliases: ['service list'],
  summary: 'List services',
  args: noArgs,
  flags: {
    filter: filter('Filter the list by condition, such as "mode=global"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  async run(context, { options }) {
    const { config, engine, signal } = context
    const { services } = await engine()
    const quiet = options.quiet === true
    const found = await services.list({ filters: options.filter ?? {}, status: !quiet, signal })
    const configured = quiet ? '' : ((await config()).data.servicesFormat ?? '')
    await printList(context, {
      format: serviceFormat(options.format || configured, quiet),
      header: serviceHeader,
      rows: serviceRows(found.toSorted((a, b) => compareNatural(a.Spec?.Name ?? '', b.Spec?.Name ?? ''))),
    })
  },
})
