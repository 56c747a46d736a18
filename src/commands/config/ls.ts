import { command, noArgs } from '../../cli/command.ts'
import { listFlags, listSecretsConfigs } from '../_secrets-configs.ts'

export default command({
  path: ['config ls'],
  aliases: ['config list'],
  summary: 'List configs',
  args: noArgs,
  flags: listFlags,
  run: (context, { options }) => listSecretsConfigs(context, 'config', options),
})
