import { atLeast, command } from '../../cli/command.ts'
import { fileInspectFlags, inspectFiles } from '../_swarm-files.ts'

export default command({
  path: ['secret inspect'],
  summary: 'Show details of one or more secrets',
  args: atLeast(1, 'SECRET [SECRET...]'),
  flags: fileInspectFlags,
  run: (context, { args, options }) => inspectFiles(context, 'secret', args, options),
})
