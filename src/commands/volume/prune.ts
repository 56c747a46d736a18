import { command, noArgs } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, filter } from '../../cli/flags.ts'
import { addFilter, type Filters } from '../../parse/filter.ts'
import { confirm } from '../_confirm.ts'
import { pruneFilters } from '../_prune-filters.ts'
import { printPruned } from '../_pruned.ts'
import { pruneVolumes } from './_prune.ts'

const question = (which: string): string =>
  `WARNING! This will remove ${which} local volumes not used by at least one container.\nAre you sure you want to continue?`

export default command({
  path: ['volume prune'],
  summary: 'Remove unused local volumes',
  args: noArgs,
  since: '1.25',
  flags: {
    all: bool('Remove named volumes as well as anonymous ones', { short: 'a', since: '1.42' }),
    force: bool('Skip the confirmation prompt', { short: 'f' }),
    filter: filter('Remove only objects that match a condition, such as "label=x"'),
  },
  async run(context, { options }) {
    const { data } = await context.config()
    const all = options.all === true
    const filters = withAll(pruneFilters(options.filter, data.pruneFilters), all)
    if (options.force !== true && !(await confirm(context, question(all ? 'all' : 'anonymous')))) return
    printPruned(context, await pruneVolumes(await context.engine(), filters, context.signal))
  },
})

function withAll(filters: Filters, all: boolean): Filters {
  if (!all) return filters
  if (filters.all !== undefined) throw cliError('conflicting options: cannot specify both --all and --filter all=1')
  return addFilter(filters, 'all', 'true')
}
