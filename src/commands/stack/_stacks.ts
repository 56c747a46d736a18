import type { Context } from '../../context.ts'
import { cliError } from '../../errors/cli-error.ts'
import type { Stack } from '../../format/views/stack.ts'
import { namespaceLabel } from './_namespace.ts'

/** The stacks that the swarm's services belong to, and how many services each has (docker/cli command/stack getStacks). */
export async function listStacks({ engine, signal }: Pick<Context, 'engine' | 'signal'>): Promise<Stack[]> {
  const { services } = await engine()
  const counts = new Map<string, number>()
  for (const { ID, Spec } of await services.list({ filters: { label: [namespaceLabel] }, signal })) {
    const name = Spec?.Labels?.[namespaceLabel]
    if (name === undefined) throw cliError(`cannot get label ${namespaceLabel} for service ${ID}`)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => ({ name, services: count }))
}
