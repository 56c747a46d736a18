import { atLeast, command } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'
import { wires } from '../../engine/wires.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['network inspect'],
  summary: 'Describe one or more networks in detail',
  args: atLeast(1, 'NETWORK [NETWORK...]'),
  flags: {
    format: string('Go template for the output, or "json"', { short: 'f' }),
    verbose: bool("Add a swarm's services and tasks", { short: 'v' }),
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
