import { group } from '../../cli/command.ts'

export default group({
  path: 'completion',
  summary: 'Print a shell completion script',
  details: 'Print the script that adds tab completion for this program to a shell.',
  hidden: true,
  anyArgs: true,
})
