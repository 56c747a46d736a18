import { atLeast, command } from '../../cli/command.ts'
import { list, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import type { RequestBody } from '../../engine/transport.ts'
import { parseReference } from '../../parse/reference.ts'
import { openSource } from '../../streams/file-source.ts'
import { inputChunks } from '../../streams/input-chunks.ts'
import { displayMessages } from '../../streams/progress.ts'
import { platformName } from '../_platform.ts'

export default command({
  path: ['image import', 'import'],
  summary: 'Create an image from a file system in a tar archive',
  args: atLeast(1, 'file|URL|- [REPOSITORY[:TAG]]'),
  flags: {
    change: list('Dockerfile instruction to apply to the image', { short: 'c' }),
    message: string('Commit message of the image', { short: 'm' }),
    platform: string('Platform of the image, os[/arch[/variant]]', { since: '1.32', complete: 'platforms' }),
  },
  complete: 'files',
  async run(context, { args, options }) {
    const [from = '', repo = ''] = args
    const source = sourceOf(from, context)
    const platform = options.platform ?? context.env.DOCKER_DEFAULT_PLATFORM ?? ''
    const named = platform === '' ? '' : platformName(platform, context)
    const { images } = await context.engine()
    if (repo !== '') parseReference(repo)
    const { body } = await images.import(source, {
      repo,
      message: options.message ?? '',
      platform: named,
      changes: options.change ?? [],
      signal: context.signal,
    })
    await displayMessages(progressMessages(body), context.out, { now: context.now })
  },
})

/** A URL is the daemon's to fetch; everything else is sent. */
function sourceOf(from: string, { in: input, cwd, signal }: Context): { name: string; body?: RequestBody } {
  if (from === '-') return { name: from, body: inputChunks(input) }
  if (/^https?:\/\//.test(from)) return { name: from }
  return { name: '-', body: openSource(from, cwd, signal) }
}
