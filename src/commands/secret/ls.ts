import { command, noArgs } from '../../cli/command.ts'
import { listFlags, listSecretsConfigs } from '../_secrets-configs.ts'

export default command({
  path: ['secret ls'],
  aliases: ['secret list'],
  summary: 'List secrets',
  args: noArgs,
  flags: listFlags,
  run: (context, { options }) => listSecretsConfigs(context, 'secret', options),
})
