import { atLeast, command } from '../../cli/command.ts'
import { inspectFlags, inspectSecretsConfigs } from '../_secrets-configs.ts'

export default command({
  path: ['config inspect'],
  summary: 'Show details of one or more configs',
  args: atLeast(1, 'CONFIG [CONFIG...]'),
  complete: 'configs',
  flags: inspectFlags,
  run: (context, { args, options }) => inspectSecretsConfigs(context, 'config', args, options),
})
