import { atLeast, command } from '../../cli/command.ts'
import { updateNodes } from './_update.ts'

export default command({
  path: ['node demote'],
  summary: 'Demote one or more manager nodes to workers',
  args: atLeast(1, 'NODE [NODE...]'),
  usage: 'NODE [NODE...]',
  complete: 'nodes',
  async run(context, { args }) {
    await updateNodes(
      context,
      args,
      ({ ID, Spec }) => {
        if (Spec?.Role !== 'worker') return { ...Spec, Role: 'worker' }
        context.out.line(`Node ${ID} is already a worker.`)
        return undefined
      },
      (id) => context.out.line(`Manager ${id} demoted in the swarm.`),
    )
  },
})
