import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../context.ts'
import type { JsonMessage } from '../../engine/types/system.ts'
import { wrap } from '../../errors/cli-error.ts'
import { discard, displayMessages } from '../../streams/progress.ts'
import { Convergence } from './_converge/convergence.ts'

/**
 * Waits until a service's tasks are as they are meant to be, and shows how far they are: on a terminal with bars, elsewhere in
 * lines, with `quiet` not at all. Ctrl-C ends the waiting and leaves the service as it is: then it gives false, and whoever has
 * more services to wait for stops too. Throws for an update or rollback that the daemon has paused (docker/cli WaitOnService).
 */
export async function waitOnService(
  context: Context,
  serviceId: string,
  { quiet = false }: { quiet?: boolean | undefined } = {},
): Promise<boolean> {
  const interrupt = new AbortController()
  const release = context.onSignal(['SIGINT'], () => interrupt.abort())
  try {
    const messages = serviceProgress(context, serviceId, interrupt.signal)
    await displayMessages(messages, quiet ? discard : context.out, context)
  } finally {
    release()
  }
  return !interrupt.signal.aborted
}

/** Waits for one service after the other until the user interrupts it; gives what failed, named by the service. */
export async function waitOnServices(
  context: Context,
  ids: readonly string[],
  options?: { quiet?: boolean | undefined },
): Promise<unknown[]> {
  const errors: unknown[] = []
  for (const id of ids) {
    try {
      if (!(await waitOnService(context, id, options))) break
    } catch (error) {
      context.signal.throwIfAborted()
      errors.push(wrap(error, id))
    }
  }
  return errors
}

const INTERVAL_MS = 200

async function* serviceProgress(context: Context, id: string, interrupt: AbortSignal): AsyncGenerator<JsonMessage> {
  const convergence = new Convergence(id)
  const signal = AbortSignal.any([context.signal, interrupt])
  const now = (): number => context.now().getTime()
  try {
    const { services, nodes } = await context.engine()
    for (;;) {
      const service = await services.inspect(id, { signal })
      yield* convergence.inspected(service, now())
      if (convergence.isOver) return
      const filters = { service: [service.ID], '_up-to-date': ['true'] }
      const tasks = await services.tasks({ filters, signal })
      yield* convergence.counted(service, tasks, await nodes.list({ signal }), now())
      if (convergence.isOver) return
      await sleep(INTERVAL_MS, undefined, { signal })
    }
  } catch (error) {
    if (!interrupt.aborted || context.signal.aborted) throw error
    if (convergence.converged) return
    yield { status: 'Operation continuing in background.' }
    yield { status: `Use \`${context.program} service ps ${id}\` to check progress.` }
  }
}
