import { atLeast, command } from '../../cli/command.ts'
import { fileInspectFlags, inspectFiles } from '../_swarm-files.ts'

export default command({
  path: ['secret inspect'],
  summary: 'Describe one or more secrets in detail',
  args: atLeast(1, 'SECRET [SECRET...]'),
  flags: fileInspectFlags,
  run: (context, { args, options }) => inspectFiles(context, 'secret', args, options),
})
