import { between, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, list, type Options, string } from '../../cli/flags.ts'
import { fullName, parseReference, withDefaultTag } from '../../parse/reference.ts'

const flags = {
  pause: bool('Pause the container during the commit', {
    short: 'p',
    hidden: true,
    shownDefault: 'true',
    deprecated: 'and enabled by default. Use --no-pause to disable pausing during commit.',
  }),
  noPause: bool('Do not pause the container during the commit'),
  message: string('Commit message', { short: 'm' }),
  author: string('Author of the image, such as "Jane Doe <jane@example.com>"', { short: 'a' }),
  change: list('Dockerfile instruction to apply to the image', { short: 'c' }),
}

export default command({
  path: ['container commit', 'commit'],
  summary: "Create an image from a container's changed file system",
  args: between(1, 2, 'CONTAINER [REPOSITORY[:TAG]]'),
  flags,
  interspersed: false,
  complete: 'container-running',
  async run({ engine, out, signal }, { args, options }) {
    const [id = '', name = ''] = args
    if (options.pause !== undefined && options.noPause !== undefined) {
      throw cliError('conflicting options: --no-pause and --pause cannot be used together')
    }
    const { containers } = await engine()
    const { Id } = await containers.commit(id, { ...commitOptions(name, options), signal })
    out.line(Id)
  },
})

/** Gives the request's options from the image's name and the flags; throws what is wrong with the name (moby/client ContainerCommit). */
export function commitOptions(name: string, options: Options<typeof flags>) {
  return {
    ...target(name),
    comment: options.message ?? '',
    author: options.author ?? '',
    changes: options.change ?? [],
    noPause: options.pause === undefined ? options.noPause === true : !options.pause,
  }
}

function target(name: string): { repo?: string; tag?: string } {
  if (name === '') return {}
  const reference = withDefaultTag(parseReference(name))
  if (reference.digest !== undefined) throw cliError('refusing to create a tag with a digest reference')
  return { repo: fullName(reference), tag: reference.tag ?? '' }
}
