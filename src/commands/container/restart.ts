import { atLeast, command } from '../../cli/command.ts'
import { eachInOrder } from '../_each.ts'
import { stopFlags, stopOptions } from './_stop-flags.ts'

export default command({
  path: ['container restart', 'restart'],
  summary: 'Restart one or more containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  flags: stopFlags,
  complete: 'container-all',
  async run({ engine, out, signal }, { args, options }) {
    const how = stopOptions(options)
    const { containers } = await engine()
    await eachInOrder(args, async (id) => {
      await containers.restart(id, { ...how, signal })
      out.line(id)
    })
  },
})
