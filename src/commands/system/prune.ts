import { command, noArgs } from '../../cli/command.ts'
import { bool, filter } from '../../cli/flags.ts'
import { confirm } from '../_confirm.ts'
import { pruneFilters } from '../_prune-filters.ts'
import { printReclaimed } from '../_pruned.ts'
import { pruneQuestion, pruneSystem } from './_prune.ts'

export default command({
  path: ['system prune'],
  summary: 'Remove unused data',
  args: noArgs,
  since: '1.25',
  flags: {
    force: bool('Skip the confirmation prompt', { short: 'f' }),
    all: bool('Remove every unused image, dangling or not', { short: 'a' }),
    volumes: bool('Remove anonymous volumes, too'),
    filter: filter('Remove only objects that match a condition, such as "label=x"', { since: '1.28' }),
  },
  async run(context, { options }) {
    const { force = false, all = false, volumes = false, filter: given = {} } = options
    const { data } = await context.config()
    const asked = { all, volumes, given, filters: pruneFilters(given, data.pruneFilters) }
    const question = pruneQuestion(asked)
    if (!force && !(await confirm(context, question))) return
    printReclaimed(context, await pruneSystem(context, asked))
  },
})
