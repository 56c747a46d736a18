import { command, noArgs } from '../../cli/command.ts'
import { bool, filter } from '../../cli/flags.ts'
import { confirm } from '../_confirm.ts'
import { pruneFilters } from '../_prune-filters.ts'
import { pruneNetworks } from './_prune.ts'

const question =
  'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue?'

export default command({
  path: ['network prune'],
  summary: 'Remove unused networks',
  args: noArgs,
  since: '1.25',
  flags: {
    force: bool('Skip the confirmation prompt', { short: 'f' }),
    filter: filter('Remove only objects that match a condition, such as "until=24h"'),
  },
  async run(context, { options }) {
    const { data } = await context.config()
    const filters = pruneFilters(options.filter, data.pruneFilters)
    if (options.force !== true && !(await confirm(context, question))) return
    const { text } = await pruneNetworks(await context.engine(), filters, context.signal)
    if (text !== '') context.out.line(text)
  },
})
