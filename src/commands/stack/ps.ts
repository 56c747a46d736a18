import { command, exactly } from '../../cli/command.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import { cliError } from '../../errors/cli-error.ts'
import { printTasks } from '../_tasks.ts'
import { stackFlags } from './_flags.ts'
import { checkStackName, stackFilters } from './_namespace.ts'

export default command({
  path: ['stack ps'],
  summary: 'List the tasks of a stack',
  args: exactly(1, 'STACK'),
  flags: {
    ...stackFlags,
    filter: filter('Filter the list by condition, such as "desired-state=running"', { short: 'f' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    noResolve: bool('Show IDs instead of names'),
    noTrunc: bool('Do not truncate values'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  complete: 'stacks',
  async run(context, { args: [stack = ''], options }) {
    checkStackName(stack)
    const { services } = await context.engine()
    const tasks = await services.tasks({ filters: stackFilters(stack, options.filter), signal: context.signal })
    if (tasks.length === 0) throw cliError(`nothing found in stack: ${stack}`)
    await printTasks(context, tasks, options)
  },
})
