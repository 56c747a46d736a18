import { command, noArgs } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'

export default command({
  path: ['swarm leave'],
  summary: 'Leave the swarm',
  args: noArgs,
  since: '1.24',
  swarm: 'active',
  flags: { force: bool('Leave even as a manager, whatever that does to the swarm', { short: 'f' }) },
  async run({ engine, out, signal }, { options }) {
    const { swarm } = await engine()
    await swarm.leave({ force: options.force ?? false, signal })
    out.line('Node left the swarm.')
  },
})
