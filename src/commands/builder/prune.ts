import { command, noArgs } from '../../cli/command.ts'
import { bool, bytes, filter } from '../../cli/flags.ts'
import { confirm } from '../_confirm.ts'
import { pruneFilters } from '../_prune-filters.ts'
import { printPruned } from '../_pruned.ts'
import { pruneBuildCache } from './_prune.ts'

const question = (which: string): string =>
  `WARNING! This will remove all ${which}build cache. Are you sure you want to continue?`

export default command({
  path: ['builder prune'],
  summary: 'Remove build cache',
  args: noArgs,
  usage: '',
  since: '1.39',
  flags: {
    force: bool('Skip the confirmation prompt', { short: 'f' }),
    all: bool('Remove all build cache that is not in use, dangling or not', { short: 'a' }),
    filter: filter('Remove only objects that match a condition, such as "until=24h"'),
    keepStorage: bytes('Disk space that the cache may keep'),
  },
  async run(context, { options }) {
    const { force = false, all = false, keepStorage } = options
    const { data } = await context.config()
    const filters = pruneFilters(options.filter, data.pruneFilters)
    if (!force && !(await confirm(context, question(all ? '' : 'dangling ')))) return
    const { signal } = context
    const pruning = { filters, all, reservedSpace: keepStorage, signal }
    printPruned(context, await pruneBuildCache(await context.engine(), pruning))
  },
})
