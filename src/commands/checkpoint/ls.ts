import { command, exactly } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { checkpointRows, checkpointView } from '../../format/views/checkpoint.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['checkpoint ls'],
  aliases: ['checkpoint list'],
  summary: "List a container's checkpoints",
  args: exactly(1, 'CONTAINER'),
  flags: { checkpointDir: string("Directory on the daemon's host to list checkpoints of") },
  complete: 'container-running',
  async run(context, { args, options }) {
    const { checkpoints } = await context.engine()
    const { signal } = context
    const found = await checkpoints.list(args[0] ?? '', { folder: options.checkpointDir ?? '', signal })
    await printList(context, checkpointView, checkpointRows(found))
  },
})
