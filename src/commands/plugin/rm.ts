import { atLeast, command } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['plugin rm'],
  aliases: ['plugin remove'],
  summary: 'Remove one or more plugins',
  args: atLeast(1, 'PLUGIN [PLUGIN...]'),
  flags: { force: bool('Remove the plugin even if enabled', { short: 'f' }) },
  complete: 'plugins',
  async run({ engine, out, signal }, { args, options: { force = false } }) {
    const { plugins } = await engine()
    await eachInOrder(args, async (name) => {
      await plugins.remove(name, { force, signal })
      out.line(name)
    })
  },
})
