import { atLeast, command } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import { wires } from '../../engine/wires.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['plugin inspect'],
  summary: 'Show details of one or more plugins',
  args: atLeast(1, 'PLUGIN [PLUGIN...]'),
  flags: { format: string('Format the output: "json" or a Go template', { short: 'f' }) },
  complete: 'plugins',
  async run(context, { args, options }) {
    const { plugins } = await context.engine()
    await inspect(context, args, options.format ?? '', async (name) => ({
      raw: await plugins.inspectText(name, { signal: context.signal }),
      type: wires.plugin,
    }))
  },
})
