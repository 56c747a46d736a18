import { command, noArgs } from '../../cli/command.ts'
import { bool, filter } from '../../cli/flags.ts'
import { waitingFor } from '../../streams/waiting.ts'
import { confirm } from '../_confirm.ts'
import { pruneFilters } from '../_prune-filters.ts'
import { printPruned } from '../_pruned.ts'
import { pruneImages } from './_prune.ts'

const questions = {
  dangling: 'WARNING! This will remove all dangling images.\nAre you sure you want to continue?',
  all:
    'WARNING! This will remove all images without at least one container associated to them.\n' +
    'Are you sure you want to continue?',
}

export default command({
  path: ['image prune'],
  summary: 'Remove unused images',
  args: noArgs,
  flags: {
    force: bool('Skip the confirmation prompt', { short: 'f' }),
    all: bool('Remove every unused image, dangling or not', { short: 'a' }),
    filter: filter('Remove only objects that match a condition, such as "until=24h"'),
  },
  since: '1.25',
  async run(context, { options }) {
    const { force = false, all = false } = options
    const { data } = await context.config()
    const filters = pruneFilters(options.filter, data.pruneFilters)
    if (!force && !(await confirm(context, all ? questions.all : questions.dangling))) return
    const engine = await context.engine()
    const pruning = pruneImages(engine, filters, { all, signal: context.signal })
    printPruned(context, await waitingFor(context.err, 'Removing images', pruning))
  },
})
