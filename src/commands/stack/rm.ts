import { setTimeout as pause } from 'node:timers/promises'
import { atLeast, command } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { cliError, joinErrors, wrap } from '../../errors/cli-error.ts'
import { stackFlags } from './_flags.ts'
import { checkStackName, stackFilters } from './_namespace.ts'
import { removeEach, removeServices, toRemoval } from './_remove.ts'

export default command({
  path: ['stack rm'],
  aliases: ['stack remove', 'stack down'],
  summary: 'Remove one or more stacks',
  args: atLeast(1, 'STACK [STACK...]'),
  flags: {
    ...stackFlags,
    detach: bool('Do not wait until the tasks of the stack have ended', { short: 'd', shownDefault: 'true' }),
  },
  complete: 'stacks',
  async run(context, { args, options }) {
    for (const stack of args) checkStackName(stack)
    const errors: unknown[] = []
    for (const stack of args) {
      const outcome = await removeStack(context, stack)
      if (outcome === 'failed') errors.push(cliError(`failed to remove some resources from stack: ${stack}`))
      if (outcome !== 'removed' || options.detach !== false) continue
      try {
        await waitForTasks(context, stack)
      } catch (error) {
        context.signal.throwIfAborted()
        errors.push(wrap(error, `failed to wait on tasks of stack: ${stack}: failed to get tasks`))
      }
    }
    if (errors.length > 0) throw joinErrors(errors)
  },
})

/** Removes what belongs to a stack: the services first, for they use the rest (docker/cli command/stack runRemove). */
async function removeStack(context: Context, stack: string): Promise<'removed' | 'failed' | 'nothing'> {
  const { services, networks, secrets, configs } = await context.engine()
  const { signal } = context
  const query = { filters: stackFilters(stack), signal }
  const foundServices = await services.list(query)
  const foundNetworks = await networks.list(query)
  const foundSecrets = await secrets.list(query)
  const foundConfigs = await configs.list(query)
  if (foundServices.length + foundNetworks.length + foundSecrets.length + foundConfigs.length === 0) {
    context.err.line(`Nothing found in stack: ${stack}`)
    return 'nothing'
  }
  const inNetworks = foundNetworks.map(({ Id, Name }) => ({ id: Id, name: Name }))
  const done = [
    await removeServices(context, foundServices),
    await removeEach(context, 'secret', foundSecrets.map(toRemoval), (id) => secrets.remove(id, { signal })),
    await removeEach(context, 'config', foundConfigs.map(toRemoval), (id) => configs.remove(id, { signal })),
    await removeEach(context, 'network', inNetworks, (id) => networks.remove(id, { signal })),
  ]
  return done.includes(false) ? 'failed' : 'removed'
}

/** The states that a task does not leave any more; orphaned: its node is lost. */
const ended = new Set(['complete', 'shutdown', 'failed', 'rejected', 'orphaned', 'remove'])
const pollMs = 200

/** Waits until every task of a stack has ended or is gone. */
async function waitForTasks({ engine, signal }: Context, stack: string): Promise<void> {
  const { services } = await engine()
  for (;;) {
    const tasks = await services.tasks({ filters: stackFilters(stack), signal })
    if (tasks.every(({ Status }) => ended.has(Status?.State ?? ''))) return
    await pause(pollMs, undefined, { signal })
  }
}
