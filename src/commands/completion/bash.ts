import { command, noArgs } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { printScript } from './_print.ts'

export default command({
  path: ['completion bash'],
  summary: 'Print the completion script for bash',
  args: { ...noArgs, terse: true },
  usage: '',
  flags: { noDescriptions: bool('Complete without descriptions') },
  async run(context, { options }) {
    printScript(context, options.noDescriptions === true, 'docket.bash')
  },
})
