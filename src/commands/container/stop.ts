import { atLeast, command } from '../../cli/command.ts'
import { eachAtOnce } from '../_each.ts'
import { stopFlags, stopOptions } from './_stop-flags.ts'

export default command({
  path: ['container stop', 'stop'],
  summary: 'Stop one or more running containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  flags: stopFlags,
  complete: 'container-running',
  async run({ engine, out, signal }, { args, options }) {
    const how = stopOptions(options)
    const { containers } = await engine()
    await eachAtOnce(
      args,
      (id) => containers.stop(id, { ...how, signal }),
      (id) => out.line(id),
    )
  },
})
