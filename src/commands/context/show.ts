import { command, noArgs } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { resolveContextName } from '../../connection/endpoint.ts'

export default command({
  path: ['context show'],
  summary: 'Print the name of the current context',
  args: noArgs,
  usage: '',
  flags: { explain: bool('Explain which endpoint is used and why') },
  async run(runtime, { options: { explain = false } }) {
    if (!explain) return runtime.out.line(await resolveContextName(runtime))
    const { explainEndpoint, plainExplanation } = await import('./_explain.ts')
    const explanation = await explainEndpoint(runtime)
    if (!runtime.out.isTerminal) return runtime.out.write(`${plainExplanation(explanation).join('\n')}\n`)
    const { prettyTable } = await import('../../format/pretty-table.ts')
    const rows = explanation.sources.map(({ name, setting, verdict }) => [name, setting, verdict])
    runtime.out.line(prettyTable(['Asked in this order', 'Says', ''], rows))
    for (const line of explanation.outcome) runtime.out.line(line)
  },
})
