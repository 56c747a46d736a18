import { command, noArgs } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, commaList, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import type { RequestBody } from '../../engine/transport.ts'
import { openSource } from '../../streams/file-source.ts'
import { inputChunks } from '../../streams/input-chunks.ts'
import { displayMessages } from '../../streams/progress.ts'
import { platformsOf } from './_platforms.ts'

export default command({
  path: ['image load', 'load'],
  summary: 'Load images from a tar archive in a file or on standard input',
  args: noArgs,
  flags: {
    input: string('File to read instead of standard input', { short: 'i', complete: 'files' }),
    quiet: bool('Hide the progress output', { short: 'q' }),
    platform: commaList('Platform to load, os[/arch[/variant]]', {
      since: '1.48',
      complete: 'platforms',
    }),
  },
  async run(context, { options }) {
    const { out, signal } = context
    const source = sourceOf(options.input ?? '', context)
    const platforms = platformsOf(options.platform, context)
    const { images } = await context.engine()
    const { body } = await images.load(source, {
      quiet: options.quiet === true || !out.isTerminal,
      platforms,
      signal,
    })
    await displayMessages(progressMessages(body), out, { now: context.now })
  },
})

function sourceOf(filename: string, { in: input, cwd, signal }: Context): RequestBody {
  if (filename !== '') return openSource(filename, cwd, signal)
  if (input.isTerminal) throw cliError('requested load from stdin, but stdin is empty')
  return inputChunks(input)
}
