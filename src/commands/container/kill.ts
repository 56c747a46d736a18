import { atLeast, command } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { eachAtOnce } from '../_each.ts'

export default command({
  path: ['container kill', 'kill'],
  summary: 'Send SIGKILL or another signal to one or more running containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  flags: { signal: string('Signal to send', { short: 's', complete: 'signals' }) },
  complete: 'container-running',
  async run({ engine, out, signal }, { args, options }) {
    const { containers } = await engine()
    const how = options.signal === undefined ? {} : { killSignal: options.signal }
    await eachAtOnce(
      args,
      (id) => containers.kill(id, { ...how, signal }),
      (id) => out.line(id),
    )
  },
})
