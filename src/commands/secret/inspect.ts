import { atLeast, command } from '../../cli/command.ts'
import { inspectFlags, inspectSecretsConfigs } from '../_secrets-configs.ts'

export default command({
  path: ['secret inspect'],
  summary: 'Show details of one or more secrets',
  args: atLeast(1, 'SECRET [SECRET...]'),
  complete: 'secrets',
  flags: inspectFlags,
  run: (context, { args, options }) => inspectSecretsConfigs(context, 'secret', args, options),
})
