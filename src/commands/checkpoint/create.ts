import { command, exactly } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'

export default command({
  path: ['checkpoint create'],
  summary: 'Create a checkpoint of a running container',
  args: exactly(2, 'CONTAINER CHECKPOINT'),
  flags: {
    leaveRunning: bool('Keep the container running after the checkpoint'),
    checkpointDir: string("Directory on the daemon's host to store the checkpoint in"),
  },
  complete: 'container-first',
  async run({ engine, out, signal }, { args, options }) {
    const [container = '', id = ''] = args
    const { checkpoints } = await engine()
    const exit = options.leaveRunning !== true
    await checkpoints.create(container, { id, folder: options.checkpointDir ?? '', exit }, { signal })
    out.line(id)
  },
})
