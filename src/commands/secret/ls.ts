import { command, noArgs } from '../../cli/command.ts'
import { fileListFlags, listFiles } from '../_swarm-files.ts'

export default command({
  path: ['secret ls'],
  aliases: ['secret list'],
  summary: 'List secrets',
  args: noArgs,
  flags: fileListFlags,
  run: (context, { options }) => listFiles(context, 'secret', options),
})
