import { atLeast, command } from '../../cli/command.ts'
import { joinErrors } from '../../errors/cli-error.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import type { SwarmTask } from '../../engine/types/swarm.ts'
import { addFilter } from '../../parse/filter.ts'
import { nodeReference } from '../_node-reference.ts'
import { printTasks } from '../_tasks.ts'

export default command({
  path: ['node ps'],
  summary: 'List the tasks of one or more nodes (by default of the current node)',
  args: atLeast(0, '[NODE...]'),
  flags: {
    filter: filter('Filter the list by condition, such as "desired-state=running"', {
      short: 'f',
      complete: 'node-task-filters',
    }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    noResolve: bool('Show IDs instead of names'),
    noTrunc: bool('Do not truncate values'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  complete: 'nodes',
  async run(context, { args, options }) {
    const { nodes, services } = await context.engine()
    const { signal } = context
    const tasks: SwarmTask[] = []
    const errors: unknown[] = []
    // A second node's tasks are asked for together with the first one's, as the reference does.
    let filters = options.filter ?? {}
    for (const reference of args.length > 0 ? args : ['self']) {
      try {
        const { ID } = await nodes.inspect(await nodeReference(context, reference), { signal })
        filters = addFilter(filters, 'node', ID)
        tasks.push(...(await services.tasks({ filters, signal })))
      } catch (error) {
        signal.throwIfAborted()
        errors.push(error)
      }
    }
    if (errors.length === 0 || tasks.length > 0) {
      await printTasks(context, tasks, options).catch((error: unknown) => errors.push(error))
    }
    if (errors.length > 0) throw joinErrors(errors)
  },
})
