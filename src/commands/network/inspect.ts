import { atLeast, command } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'
import { wires } from '../../engine/wires.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['network inspect'],
  summary: 'Show details of one or more networks',
  args: atLeast(1, 'NETWORK [NETWORK...]'),
  flags: {
    format: string('Format the output: "json" or a Go template', { short: 'f' }),
    verbose: bool('Include swarm services and tasks', { short: 'v' }),
  },
  complete: 'networks',
  async run(context, { args, options }) {
    const { networks } = await context.engine()
    const verbose = options.verbose === true
    await inspect(context, args, options.format ?? '', async (id) => ({
      raw: await networks.inspectText(id, { verbose, signal: context.signal }),
      type: wires.network,
    }))
  },
})
