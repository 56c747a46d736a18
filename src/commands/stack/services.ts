import { command, exactly } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { compareNatural } from '../../format/natural.ts'
import { serviceRows, serviceView } from '../../format/views/service.ts'
import { printList } from '../_list.ts'
import { stackFlags } from './_flags.ts'
import { checkStackName, stackFilters } from './_namespace.ts'

export default command({
  path: ['stack services'],
  summary: 'List the services of a stack',
  args: exactly(1, 'STACK'),
  flags: {
    ...stackFlags,
    filter: filter('Filter the list by condition, such as "mode=global"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  complete: 'stacks',
  async run(context, { args: [stack = ''], options }) {
    checkStackName(stack)
    const { services } = await context.engine()
    const filters = stackFilters(stack, options.filter)
    const found = await services.list({ filters, status: options.quiet !== true, signal: context.signal })
    if (found.length === 0) return context.err.line(`Nothing found in stack: ${stack}`)
    const sorted = found.toSorted((a, b) => compareNatural(a.Spec?.Name ?? '', b.Spec?.Name ?? ''))
    await printList(context, serviceView, serviceRows(sorted), options)
  },
})
