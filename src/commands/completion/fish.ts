import { command, noArgs } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { printScript } from './_print.ts'

export default command({
  path: ['completion fish'],
  summary: 'Print the completion script for fish',
  args: { ...noArgs, terse: true },
  usage: '[flags]',
  flags: { noDescriptions: bool('Complete without descriptions') },
  async run(context, { options }) {
    printScript(context, options.noDescriptions === true, 'docket.fish')
  },
})
