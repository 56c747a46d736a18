import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, filter, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { SwarmService } from '../../engine/types/service.ts'
import { addFilter, type Filters } from '../../parse/filter.ts'
import { nodeReference } from '../_node-reference.ts'
import { printTasks } from '../_tasks.ts'

export default command({
  path: ['service ps'],
  summary: 'List the tasks of one or more services',
  args: atLeast(1, 'SERVICE [SERVICE...]'),
  flags: {
    filter: filter('Filter the list by condition, such as "desired-state=running"', {
      short: 'f',
      complete: 'service-task-filters',
    }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    noResolve: bool('Show IDs instead of names'),
    noTrunc: bool('Do not truncate values'),
    quiet: bool('Print only IDs', { short: 'q' }),
  },
  complete: 'services',
  async run(context, { args, options }) {
    const { signal } = context
    const { services } = await context.engine()
    const byId = await services.list({ filters: { id: args }, signal })
    const byName = await services.list({ filters: { name: args }, signal })
    const { ids, missing } = findServices(args, byId, byName)
    const unknown = missing.map((reference) => `no such service: ${reference}`).join('\n')
    if (ids.length === 0) throw cliError(unknown)
    let filters = await withNodes(context, options.filter ?? {})
    for (const id of ids) filters = addFilter(filters, 'service', id)
    const tasks = await services.tasks({ filters, signal })
    await printTasks(context, tasks, { ...options, ...(options.quiet === true && { noTrunc: true }) })
    if (unknown !== '') throw cliError(unknown)
  },
})

/**
 * Gives the IDs of the services that the references name: an ID, else a name, else the beginning of an ID. Throws where that
 * is the beginning of several (docker/cli service createFilter).
 */
function findServices(
  references: readonly string[],
  byId: readonly SwarmService[],
  byName: readonly SwarmService[],
): { ids: string[]; missing: string[] } {
  const ids: string[] = []
  const missing: string[] = []
  for (const reference of references) {
    const exact = byId.find(({ ID }) => ID === reference) ?? byName.find(({ Spec }) => (Spec?.Name ?? '') === reference)
    const found = exact === undefined ? byId.filter(({ ID }) => ID.startsWith(reference)) : [exact]
    if (found.length > 1) throw cliError(`multiple services found with provided prefix: ${reference}`)
    if (found[0] === undefined) missing.push(reference)
    else ids.push(found[0].ID)
  }
  return { ids, missing }
}

/** The filters with nodes by their IDs: `self` may stand for one. */
async function withNodes(context: Context, filters: Filters): Promise<Filters> {
  if (!Object.hasOwn(filters, 'node')) return filters
  const node: string[] = []
  for (const reference of filters.node ?? []) node.push(await nodeReference(context, reference))
  return { ...filters, node }
}
