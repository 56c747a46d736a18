import { command, noArgs } from '../../cli/command.ts'
import { bool, filter } from '../../cli/flags.ts'
import { confirm } from '../_confirm.ts'
import { pruneFilters } from '../_prune-filters.ts'
import { printPruned } from '../_pruned.ts'
import { pruneContainers } from './_prune.ts'

const question = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?'

export default command({
  path: ['container prune'],
  summary: 'Remove all stopped containers',
  args: noArgs,
  flags: {
    force: bool('Skip the confirmation prompt', { short: 'f' }),
    filter: filter('Remove only objects that match a condition, such as "until=24h"'),
  },
  since: '1.25',
  async run(context, { options }) {
    const { data } = await context.config()
    const filters = pruneFilters(options.filter, data.pruneFilters)
    if (options.force !== true && !(await confirm(context, question))) return
    printPruned(context, await pruneContainers(await context.engine(), filters, context.signal))
  },
})
