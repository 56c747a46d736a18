import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { string } from '../../cli/flags.ts'

export default command({
  path: ['volume update'],
  summary: 'Update a cluster volume',
  since: '1.42',
  swarm: 'manager',
  args: exactly(1, '[VOLUME]'),
  flags: {
    availability: string('Cluster volume availability: "active", "pause" or "drain"', {
      since: '1.42',
      swarm: 'manager',
      shownDefault: 'active',
    }),
  },
  complete: 'volumes',
  async run({ engine, signal }, { args, options }) {
    const { volumes } = await engine()
    const volume = await volumes.inspect(args[0]!, { signal })
    if (!volume.ClusterVolume) throw cliError('can only update cluster volumes')
    const { ID, Version, Spec } = volume.ClusterVolume
    const spec = options.availability === undefined ? Spec : { ...Spec, Availability: options.availability }
    await volumes.update(ID, Version?.Index ?? 0, spec, { signal })
  },
})
