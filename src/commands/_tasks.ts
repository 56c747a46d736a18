import type { Context } from '../context.ts'
import type { SwarmTask } from '../engine/types/swarm.ts'
import { isTable } from '../format/formatter.ts'
import { parseRFC3339 } from '../go/time.ts'
import { compareNatural } from '../format/natural.ts'
import { type TaskRow, taskRows, taskView } from '../format/views/task.ts'
import { idResolver } from './_id-resolver.ts'
import { type ListOptions, printList } from './_list.ts'

/** How `ps` of a swarm's objects shows tasks. */
export interface TaskListOptions extends ListOptions {
  readonly noTrunc?: boolean
  readonly noResolve?: boolean
}

/**
 * Prints tasks by name, those of the same service and slot newest first and marked as its past
 * (docker/cli command/task Print).
 */
export async function printTasks(
  context: Context,
  tasks: readonly SwarmTask[],
  options: TaskListOptions,
): Promise<void> {
  const resolve = idResolver(context, options.noResolve === true)
  const named: { task: SwarmTask; name: string }[] = []
  for (const task of tasks) {
    const service = await resolve('service', task.ServiceID ?? '')
    named.push({ task, name: `${service}.${task.Slot || (task.NodeID ?? '')}` })
  }
  named.sort((a, b) => compareNatural(a.name, b.name) || newestFirst(a.task, b.task))
  const rows: TaskRow[] = []
  for (const { task, name } of named) rows.push({ task, name, node: await resolve('node', task.NodeID ?? '') })
  const shown = { truncate: options.noTrunc !== true, now: context.now() }
  await printList(context, taskView, (template) => taskRows(isTable(template) ? marked(rows) : rows, shown), options)
}

/**
 * The rows of a table, in which a task of the same name as the one before is marked as its past; a task that is listed twice is
 * named alike both times, as `node ps` of several nodes lists it.
 */
function marked(rows: readonly TaskRow[]): TaskRow[] {
  const names = new Map(rows.map(({ task, name }, i) => [task.ID, name === rows[i - 1]?.name ? ` \\_ ${name}` : name]))
  return rows.map((row) => ({ ...row, name: names.get(row.task.ID) ?? row.name }))
}

function newestFirst(a: SwarmTask, b: SwarmTask): number {
  const [one, other] = [a, b].map((task) => parseRFC3339(task.CreatedAt || '0001-01-01T00:00:00Z')!)
  return other!.seconds - one!.seconds || other!.nanoseconds - one!.nanoseconds
}
