import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, string } from '../../cli/flags.ts'
import { formatReference, isNameOnly, parseReference, withDefaultTag } from '../../parse/reference.ts'
import { discard } from '../../streams/progress.ts'
import { platformName } from '../_platform.ts'
import { contentTrust } from './_content-trust.ts'
import { pullImage } from './_pull.ts'

export default command({
  path: ['image pull', 'pull'],
  summary: 'Pull an image from a registry',
  args: exactly(1, 'NAME[:TAG|@DIGEST]'),
  flags: {
    allTags: bool('Pull every tag of the repository', { short: 'a' }),
    quiet: bool('Print only the image reference', { short: 'q' }),
    disableContentTrust: contentTrust(),
    platform: string('Platform of the image, os[/arch[/variant]]', { since: '1.32', complete: 'platforms' }),
  },
  top: 5,
  complete: 'images',
  async run(context, { args, options }) {
    const { out, env } = context
    const { allTags: all = false, quiet = false } = options
    const given = parseReference(args[0] ?? '')
    if (all && !isNameOnly(given)) throw cliError("tag can't be used with --all-tags/-a")
    const reference = all ? given : withDefaultTag(given)
    if (reference.tag !== given.tag && !quiet) out.line(`Using default tag: ${reference.tag}`)
    const platform = options.platform ?? env.DOCKER_DEFAULT_PLATFORM ?? ''
    const pull = { all, ...(platform !== '' && { platform: platformName(platform, context) }) }
    await pullImage(context, formatReference(reference), pull, quiet ? discard : out)
    out.line(formatReference(reference))
  },
})
