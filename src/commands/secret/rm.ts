import { atLeast, command } from '../../cli/command.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['secret rm'],
  aliases: ['secret remove'],
  summary: 'Remove one or more secrets',
  args: atLeast(1, 'SECRET [SECRET...]'),
  complete: 'secrets',
  async run({ engine, out, signal }, { args }) {
    const { secrets } = await engine()
    await eachInOrder(args, async (id) => {
      await secrets.remove(id, { signal })
      out.line(id)
    })
  },
})
