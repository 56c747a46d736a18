import { command, noArgs } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { resolveContextName } from '../../connection/endpoint.ts'

export default command({
  path: ['context show'],
  summary: 'Print the name of the current context',
  args: noArgs,
  usage: '',
  flags: { explain: bool('Say which endpoint wins and why, instead') },
  async run(context, { options: { explain = false } }) {
    if (!explain) return context.out.line(await resolveContextName(context))
    const { explainEndpoint } = await import('./_explain.ts')
    for (const line of await explainEndpoint(context)) context.out.line(line)
  },
})
