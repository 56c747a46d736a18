import { atLeast, command } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'
import type { Type } from '../../go/types.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['container inspect'],
  summary: 'Show details of one or more containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  flags: {
    format: string('Format the output: "json" or a Go template', { short: 'f' }),
    size: bool('Include file sizes', { short: 's' }),
  },
  complete: 'container-all',
  async run(context, { args, options }) {
    const { containers } = await context.engine()
    const size = options.size === true
    await inspect(context, args, options.format ?? '', async (id) => {
      const raw = await containers.inspectText(id, { size, signal: context.signal })
      return { raw, type }
    })
  },
})

async function type(): Promise<Type> {
  const [{ ptr }, { containerInspect }] = await Promise.all([
    import('../../go/types.ts'),
    import('../../wire/container.ts'),
  ])
  return ptr(containerInspect)
}
