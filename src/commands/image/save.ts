import { atLeast, command } from '../../cli/command.ts'
import { failure, messageOf } from '../../cli/errors.ts'
import { commaList, string } from '../../cli/flags.ts'
import { type AtomicFile, openAtomicFile } from '../../streams/atomic-file.ts'
import { waitingFor } from '../../streams/waiting.ts'
import { platformsOf } from './_platforms.ts'

export default command({
  path: ['image save', 'save'],
  summary: 'Write one or more images as a tar archive',
  args: atLeast(1, 'IMAGE [IMAGE...]'),
  flags: {
    output: string('File to write instead of the standard output', { short: 'o' }),
    platform: commaList('Save only these platforms, each os[/arch[/variant]]', {
      since: '1.48',
      complete: 'platforms',
    }),
  },
  complete: 'image-names',
  async run(context, { args, options }) {
    const { out, cwd, signal } = context
    const platforms = platformsOf(options.platform, context)
    const file = open(options.output ?? '', cwd, out.isTerminal)
    try {
      const { images } = await context.engine()
      const { body } = await images.save(args, { platforms, signal })
      const sink = file ?? out
      const saved = body.pump((chunk) => sink.write(chunk))
      await (file === undefined ? saved : waitingFor(context.err, `Saving to ${options.output}`, saved))
      file?.commit()
    } finally {
      file?.discard()
    }
  },
})

function open(filename: string, cwd: string, isTerminal: boolean): AtomicFile | undefined {
  if (filename === '') {
    if (isTerminal) throw failure('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    return undefined
  }
  try {
    return openAtomicFile(filename, cwd)
  } catch (error) {
    throw failure(`failed to save image: ${messageOf(error)}`)
  }
}
