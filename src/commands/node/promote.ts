import { atLeast, command } from '../../cli/command.ts'
import { updateNodes } from './_update.ts'

export default command({
  path: ['node promote'],
  summary: 'Promote one or more nodes to managers',
  args: atLeast(1, 'NODE [NODE...]'),
  usage: 'NODE [NODE...]',
  complete: 'nodes',
  async run(context, { args }) {
    await updateNodes(
      context,
      args,
      ({ ID, Spec }) => {
        if (Spec?.Role !== 'manager') return { ...Spec, Role: 'manager' }
        context.out.line(`Node ${ID} is already a manager.`)
        return undefined
      },
      (id) => context.out.line(`Node ${id} promoted to a manager in the swarm.`),
    )
  },
})
