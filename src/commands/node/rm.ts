import { atLeast, command } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['node rm'],
  aliases: ['node remove'],
  summary: 'Remove one or more nodes from the swarm',
  args: atLeast(1, 'NODE [NODE...]'),
  flags: { force: bool("Force the removal, whatever the node's state", { short: 'f' }) },
  complete: 'nodes',
  async run({ engine, out, signal }, { args, options }) {
    const { nodes } = await engine()
    await eachInOrder(args, async (id) => {
      await nodes.remove(id, { force: options.force === true, signal })
      out.line(id)
    })
  },
})
