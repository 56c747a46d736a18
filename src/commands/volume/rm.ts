import { atLeast, command } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['volume rm'],
  aliases: ['volume remove'],
  summary: 'Remove one or more volumes',
  details: 'Remove one or more volumes. Volumes in use by a container are kept.',
  args: atLeast(1, 'VOLUME [VOLUME...]'),
  flags: { force: bool('Force the removal', { short: 'f', since: '1.25' }) },
  complete: 'volumes',
  async run({ engine, out, signal }, { args, options }) {
    const { volumes } = await engine()
    await eachInOrder(args, async (name) => {
      await volumes.remove(name, { ...(options.force === undefined ? {} : { force: options.force }), signal })
      out.line(name)
    })
  },
})
