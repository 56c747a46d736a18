import { command, exactly } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'

export default command({
  path: ['checkpoint rm'],
  aliases: ['checkpoint remove'],
  summary: 'Remove a checkpoint',
  args: exactly(2, 'CONTAINER CHECKPOINT'),
  flags: { checkpointDir: string("Directory on the daemon's host that holds the checkpoint") },
  complete: 'container-first',
  async run({ engine, signal }, { args, options }) {
    const [container = '', id = ''] = args
    const { checkpoints } = await engine()
    await checkpoints.remove(container, id, { folder: options.checkpointDir ?? '', signal })
  },
})
