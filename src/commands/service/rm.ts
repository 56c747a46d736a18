import { atLeast, command } from '../../cli/command.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['service rm'],
  aliases: ['service remove'],
  summary: 'Remove one or more services',
  args: atLeast(1, 'SERVICE [SERVICE...]'),
  complete: 'services',
  async run({ engine, out, signal }, { args }) {
    const { services } = await engine()
    await eachInOrder(args, async (id) => {
      await services.remove(id, { signal })
      out.line(id)
    })
  },
})
