import { atLeast, command } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { wires } from '../../engine/wires.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['volume inspect'],
  summary: 'Show details of one or more volumes',
  args: atLeast(1, 'VOLUME [VOLUME...]'),
  flags: { format: string('Format the output: "json" or a Go template', { short: 'f' }) },
  complete: 'volumes',
  async run(context, { args, options }) {
    const { volumes } = await context.engine()
    await inspect(context, args, options.format ?? '', async (name) => ({
      raw: await volumes.inspectText(name, { signal: context.signal }),
      type: wires.volume,
    }))
  },
})
