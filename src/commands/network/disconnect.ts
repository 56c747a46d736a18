import { command, exactly } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'

export default command({
  path: ['network disconnect'],
  summary: 'Disconnect a container from a network',
  args: exactly(2, 'NETWORK CONTAINER'),
  flags: { force: bool('Force the disconnection', { short: 'f' }) },
  complete: 'network-then-connected',
  async run({ engine, signal }, { args, options }) {
    const { networks } = await engine()
    await networks.disconnect(args[0]!, args[1]!, { force: options.force ?? false, signal })
  },
})
