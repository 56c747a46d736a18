import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, string } from '../../cli/flags.ts'
import { nodeView } from '../../format/views/node.ts'
import { wires } from '../../engine/wires.ts'
import { inspect } from '../_inspect.ts'
import { nodeReference } from '../_node-reference.ts'

export default command({
  path: ['node inspect'],
  summary: 'Show details of one or more nodes',
  args: atLeast(1, 'self|NODE [NODE...]'),
  flags: {
    format: string('Format the output: "json" or a Go template', { short: 'f' }),
    pretty: bool('Print a human-readable summary instead of JSON'),
  },
  complete: 'nodes',
  async run(context, { args, options }) {
    const { nodes } = await context.engine()
    const { signal, out } = context
    const format = options.pretty === true ? 'pretty' : (options.format ?? '')
    if (format.startsWith('pretty') && format !== 'pretty') {
      throw cliError('cannot supply extra formatting options to the pretty template')
    }
    if (format === 'pretty') {
      const { prettyNode } = await import('../../format/views/node-pretty.ts')
      let text = ''
      for (const id of args) text += prettyNode(await nodes.inspect(await nodeReference(context, id), { signal }))
      out.write(text)
      return
    }
    await inspect(
      context,
      args,
      format === '' ? '' : nodeView.template(format, false),
      async (id) => ({
        raw: await nodes.inspectText(await nodeReference(context, id), { signal }),
        type: wires.node,
      }),
      1,
    )
  },
})
