import { command, noArgs } from '../../cli/command.ts'
import { fileListFlags, listFiles } from '../_swarm-files.ts'

export default command({
  path: ['config ls'],
  aliases: ['config list'],
  summary: 'List configs',
  args: noArgs,
  flags: fileListFlags,
  run: (context, { options }) => listFiles(context, 'config', options),
})
