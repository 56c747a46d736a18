import { group } from '../../cli/command.ts'

export default group({
  path: 'completion',
  summary: 'Print the completion script of a shell',
  details: 'Print the script that teaches a shell to complete this program’s command lines.',
  hidden: true,
})
