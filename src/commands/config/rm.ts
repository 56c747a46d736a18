import { atLeast, command } from '../../cli/command.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['config rm'],
  aliases: ['config remove'],
  summary: 'Remove one or more configs',
  args: atLeast(1, 'CONFIG [CONFIG...]'),
  complete: 'configs',
  async run({ engine, out, signal }, { args }) {
    const { configs } = await engine()
    await eachInOrder(args, async (id) => {
      await configs.remove(id, { signal })
      out.line(id)
    })
  },
})
