import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { list, type Options, string } from '../../cli/flags.ts'
import type { NodeSpec } from '../../engine/types/swarm.ts'
import { toMap } from '../../parse/key-value.ts'
import { updateNodes } from './_update.ts'

const flags = {
  availability: string('Node availability: "active", "pause" or "drain"', { complete: 'node-availability' }),
  labelAdd: list('Node label to add or update, KEY=VALUE'),
  labelRm: list('Node label to remove'),
  role: string('Node role: "worker" or "manager"', { complete: 'node-roles' }),
}

/** A node's specification with what the options change; throws for a label to remove that it has not. */
export function toSpec(before: NodeSpec, options: Options<typeof flags>): NodeSpec {
  const Labels = { ...before.Labels, ...toMap(options.labelAdd ?? []) }
  for (const name of options.labelRm ?? []) {
    if (!Object.hasOwn(Labels, name)) throw cliError(`key ${name} doesn't exist in node's labels`)
    delete Labels[name]
  }
  return {
    ...before,
    Labels,
    ...(options.role === undefined ? {} : { Role: options.role }),
    ...(options.availability === undefined ? {} : { Availability: options.availability }),
  }
}

export default command({
  path: ['node update'],
  summary: 'Update a swarm node',
  args: exactly(1, 'NODE'),
  flags,
  complete: 'nodes',
  async run(context, { args, options }) {
    await updateNodes(
      context,
      args,
      ({ Spec }) => toSpec(Spec ?? {}, options),
      (id) => context.out.line(id),
    )
  },
})
