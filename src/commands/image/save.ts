import { atLeast, command } from '../../cli/command.ts'
import { commaList, string } from '../../cli/flags.ts'
import { waitingFor } from '../../streams/waiting.ts'
import { openOutputFile } from '../_output-file.ts'
import { platformsOf } from './_platforms.ts'

export default command({
  path: ['image save', 'save'],
  summary: 'Save one or more images to a tar archive',
  args: atLeast(1, 'IMAGE [IMAGE...]'),
  flags: {
    output: string('File to write instead of standard output', { short: 'o', complete: 'files' }),
    platform: commaList('Platform to save, os[/arch[/variant]]', {
      since: '1.48',
      complete: 'platforms',
    }),
  },
  complete: 'images',
  async run(context, { args, options }) {
    const { out, signal } = context
    const platforms = platformsOf(options.platform, context)
    const file = openOutputFile(context, options.output ?? '', 'failed to save image')
    try {
      const { images } = await context.engine()
      const { body } = await images.save(args, { platforms, signal })
      const saved = body.pump((chunk) => (file === undefined ? out.send(chunk) : file.write(chunk)))
      await (file === undefined ? saved : waitingFor(context.err, `Saving to ${options.output}`, saved))
      file?.commit()
    } finally {
      file?.discard()
    }
  },
})
