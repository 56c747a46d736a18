import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, string } from '../../cli/flags.ts'
import { registryAuth } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import type { Platform } from '../../engine/types/platform.ts'
import { type Theme, themeFor, note } from '../../format/theme.ts'
import {
  formatReference,
  fullName,
  isNameOnly,
  parseReference,
  type Reference,
  withDefaultTag,
} from '../../parse/reference.ts'
import { visibleCell } from '../../go/visible.ts'
import { displayMessages, discard } from '../../streams/progress.ts'
import { platformOf } from '../_platform.ts'
import { contentTrust } from './_content-trust.ts'

export default command({
  path: ['image push', 'push'],
  summary: 'Push an image to a registry',
  args: exactly(1, 'NAME[:TAG]'),
  flags: {
    allTags: bool('Push every tag of the repository', { short: 'a' }),
    quiet: bool('Print only the image reference', { short: 'q' }),
    disableContentTrust: contentTrust(),
    platform: string(
      'Upload only the manifest of this platform, os[/arch[/variant]], as an image of its own: the image index and the ' +
        'manifests of other platforms and attestations stay behind',
      { since: '1.46', complete: 'platforms' },
    ),
  },
  top: 6,
  complete: 'images',
  async run(context, { args, options }) {
    const { allTags: all = false, quiet = false } = options
    const theme = await themeFor(context.out, context.env)
    const platform = options.platform ? readPlatform(options.platform, context, theme) : undefined
    const given = parseReference(args[0] ?? '')
    if (all && !isNameOnly(given)) throw cliError("tag can't be used with --all-tags/-a")
    const reference = all ? given : withDefaultTag(given)
    if (reference.tag !== given.tag && !quiet) context.out.line(`Using default tag: ${reference.tag}`)
    await push(context, reference, { all, quiet, platform }, theme)
    if (quiet) context.out.line(formatReference(reference))
  },
})

function readPlatform(text: string, context: Context, theme: Theme): Platform {
  try {
    const platform = platformOf(text, context)
    context.out.write(Buffer.from(note(theme, onlyThisPlatform)))
    return platform
  } catch (error) {
    context.err.write(`Invalid platform ${text}`)
    throw error
  }
}

async function push(
  context: Context,
  reference: Reference,
  { all, quiet, platform }: { all: boolean; quiet: boolean; platform: Platform | undefined },
  theme: Theme,
): Promise<void> {
  const { out, signal } = context
  const auth = await registryAuth(context, reference.domain)
  if (reference.digest !== undefined) throw cliError('cannot push a digest reference')
  const { images } = await context.engine()
  const { body } = await images.push(fullName(reference), {
    ...(!all && reference.tag !== undefined && { tag: reference.tag }),
    ...(platform !== undefined && { platform }),
    registryAuth: auth,
    signal,
  })
  const notes: string[] = []
  const aux = (value: unknown): void => void notes.push(...notesOf(value as Aux, theme))
  try {
    await displayMessages(progressMessages(body), quiet ? discard : out, { aux, now: context.now })
  } finally {
    for (const text of notes) out.write(Buffer.from(note(theme, text)))
  }
}

/** What the daemon tells programs during a push (moby api auxprogress). */
interface Aux {
  manifestPushedInsteadOfIndex?: boolean
  originalIndex?: { digest?: string }
  selectedManifest?: { digest?: string }
  contentMissing?: boolean
}

function notesOf(aux: Aux, theme: Theme): string[] {
  const notes = []
  if (aux.manifestPushedInsteadOfIndex === true) {
    const from = theme.bad(visibleCell(aux.originalIndex?.digest ?? ''))
    const to = theme.good(visibleCell(aux.selectedManifest?.digest ?? ''))
    notes.push(`${onlyOnePlatform}\n${from} -> ${to}`)
  }
  if (aux.contentMissing === true) notes.push(contentMissing)
  return notes
}

// The words are the reference's, the tabs at the beginning of lines included.
const onlyThisPlatform = `Using --platform pushes only the specified platform manifest of a multi-platform image index.
Other components, like attestations, will not be included.
To push the complete multi-platform image, remove the --platform flag.
`
const onlyOnePlatform =
  'Not all multiplatform-content is present and only the available single-platform image was pushed'
const contentMissing = [
  "You're trying to push a manifest list/index which ",
  'references multiple platform specific manifests, but not all of them are available locally',
  'or available to the remote repository.',
  '',
  'Make sure you have all the referenced content and try again.',
  '',
  'You can also push only a single platform specific manifest directly by specifying the platform you want to push with the --platform flag.',
]
  .map((line, i) => (i === 0 || line === '' ? line : `\t\t\t\t${line}`))
  .join('\n')
