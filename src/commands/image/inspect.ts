import { atLeast, command } from '../../cli/command.ts'
import { string } from '../../cli/flags.ts'
import type { Type } from '../../go/types.ts'
import { inspect } from '../_inspect.ts'
import { platformOf } from '../_platform.ts'

export default command({
  path: ['image inspect'],
  summary: 'Show details of one or more images',
  args: atLeast(1, 'IMAGE [IMAGE...]'),
  flags: {
    format: string('Format the output: "json" or a Go template', { short: 'f' }),
    platform: string('Platform to show the details of, os[/arch[/variant]]', {
      since: '1.49',
      complete: 'platforms',
    }),
  },
  complete: 'images',
  async run(context, { args, options }) {
    const platform = options.platform ? { platform: platformOf(options.platform, context) } : {}
    const { images } = await context.engine()
    await inspect(context, args, options.format ?? '', async (name) => {
      const raw = await images.inspectText(name, { ...platform, signal: context.signal })
      return { raw, type }
    })
  },
})

async function type(): Promise<Type> {
  return (await import('../../wire/image.ts')).imageInspect
}
