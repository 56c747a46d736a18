import { command, noArgs } from '../../cli/command.ts'
import { bool, commaList } from '../../cli/flags.ts'
import { stackFlags } from './_flags.ts'

export default command({
  path: ['stack config'],
  summary: 'Print the Compose files as one, merged and with their variables replaced',
  args: noArgs,
  flags: {
    ...stackFlags,
    composeFile: commaList('Path to a Compose file, "-" for stdin', { short: 'c', complete: 'files' }),
    skipInterpolation: bool('Leave the variables as they are'),
  },
  async run(context, { options }) {
    const { configText } = await import('./_config-text.ts')
    context.out.write(await configText(context, options.composeFile ?? [], options.skipInterpolation === true))
  },
})
