import { atLeast, command } from '../../cli/command.ts'
import { fileInspectFlags, inspectFiles } from '../_swarm-files.ts'

export default command({
  path: ['config inspect'],
  summary: 'Show details of one or more configs',
  args: atLeast(1, 'CONFIG [CONFIG...]'),
  flags: fileInspectFlags,
  run: (context, { args, options }) => inspectFiles(context, 'config', args, options),
})
