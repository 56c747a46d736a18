import { atLeast, command } from '../../cli/command.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['container pause', 'pause'],
  summary: 'Pause every process of one or more containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  complete: 'container-running',
  async run({ engine, out, signal }, { args }) {
    const { containers } = await engine()
    await eachInOrder(args, async (id) => {
      await containers.pause(id, { signal })
      out.line(id)
    })
  },
})
