import { atMost, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, filter, type Options, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { ImageSummary } from '../../engine/types/image.ts'
import { imageRows, imageView } from '../../format/views/image.ts'
import { addFilter, type Filters } from '../../parse/filter.ts'
import { quote } from '../../go/quote.ts'
import { localZone } from '../_local-zone.ts'
import { listFormat, printList } from '../_list.ts'

const flags = {
  all: bool('Include intermediate and dangling images', { short: 'a' }),
  digests: bool('Show image digests'),
  filter: filter('Filter the list by condition, such as "dangling=true"', { short: 'f' }),
  format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
  noTrunc: bool('Do not truncate IDs'),
  quiet: bool('Print only IDs', { short: 'q' }),
  tree: bool('Show the platforms of each image as a tree (experimental)', { since: '1.47' }),
}

export default command({
  path: ['image ls', 'images'],
  aliases: ['image list'],
  summary: 'List images',
  args: atMost(1, '[REPOSITORY[:TAG]]'),
  flags,
  top: 7,
  complete: 'images-and-repositories',
  async run(context, { args, options, site }) {
    const [name = ''] = args
    const count = await listImages(context, name, options)
    const isShortName = site.commandPath === `${site.program} images`
    if (count === 0 && isShortName && subcommands.has(name)) {
      const meant = quote(`docker image ${name}`)
      context.err.line(`No images found matching ${quote(name)}: did you mean ${meant}?`)
    }
  },
})

/** Lists images and gives how many there were. */
async function listImages(context: Context, name: string, options: Options<typeof flags>): Promise<number> {
  const filters = name === '' ? (options.filter ?? {}) : addFilter(options.filter ?? {}, 'reference', name)
  const isTree = choosesTree(options)
  const { images } = await context.engine()
  const found = await images.list({
    all: options.all === true,
    filters,
    manifests: isTree,
    signal: context.signal,
  })
  const listed = found.filter((image) => options.all === true || !isHidden(image, filters))
  const { quiet, tree = false, digests = false, noTrunc = false } = options
  const view = imageView(digests)
  const format = await listFormat(context, view, options)
  if (isTree && (tree || format === '')) return showTree(context, listed, tree)
  const undated = format === '' || format === 'table' ? { undated: 'N/A' } : {}
  const shown = { noTrunc, digests, now: context.now(), zone: localZone(context), ...undated }
  await printList(context, view, (template) => imageRows(listed, template, shown), { format, quiet })
  return listed.length
}

async function showTree(context: Context, images: readonly ImageSummary[], expanded: boolean): Promise<number> {
  const [{ imageTree }, { themeFor }] = await Promise.all([
    import('../../format/views/image-tree.ts'),
    import('../../format/theme.ts'),
  ])
  const { out, env } = context
  const { text, count } = imageTree(images, { expanded, columns: out.size()?.columns, theme: await themeFor(out, env) })
  out.write(Buffer.from(text))
  return count
}

/** Without flags that only the table knows, images are shown as a tree; throws when --tree is given beside one of them. */
function choosesTree({ quiet, noTrunc, digests, format, tree }: Options<typeof flags>): boolean {
  const flag =
    (quiet && '--quiet') || (noTrunc && '--no-trunc') || (digests && '--show-digest') || (format && '--format') || ''
  if (flag !== '' && tree) throw cliError(`${flag} is not yet supported with --tree`)
  return flag === ''
}

/** Images without a tag are shown only to who asks for them. */
function isHidden({ RepoTags, RepoDigests }: ImageSummary, { dangling }: Filters): boolean {
  if (dangling !== undefined && !dangling.includes('false')) return false
  const tags = RepoTags ?? []
  return tags.length === 0 || (tags.join() === '<none>:<none>' && (RepoDigests ?? []).join() === '<none>@<none>')
}

/** What is easily typed after `images` by who means `image`. */
const subcommands = new Set('build history import inspect list load ls prune pull push rm save tag'.split(' '))
