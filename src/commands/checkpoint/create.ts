import { command, exactly } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'

export default command({
  path: ['checkpoint create'],
  summary: 'Save the state of a running container',
  args: exactly(2, 'CONTAINER CHECKPOINT'),
  flags: {
    leaveRunning: bool('Do not stop the container'),
    checkpointDir: string('Folder of the daemon to keep it in'),
  },
  async run({ engine, out, signal }, { args, options }) {
    const [container = '', id = ''] = args
    const { checkpoints } = await engine()
    const exit = options.leaveRunning !== true
    await checkpoints.create(container, { id, folder: options.checkpointDir ?? '', exit }, { signal })
    out.line(id)
  },
})
