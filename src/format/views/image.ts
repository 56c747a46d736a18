import type { ImageSummary } from '../../engine/types/image.ts'
import { familiarName, parseReference, type Reference } from '../../parse/reference.ts'
import { timeString, unix } from '../../go/time.ts'
import { methods, value, type Value } from '../../go/types.ts'
import type { Zone } from '../../go/zone.ts'
import type { ListView } from '../formatter.ts'
import { humanDuration, humanSize } from '../human.ts'
import { shortId } from '../text.ts'

export interface ImageRowOptions {
  /** Full IDs. */
  readonly noTrunc: boolean
  /** A row for every digest, too. */
  readonly digests: boolean
  readonly now: Date
  readonly zone: Zone
  /** What stands for the time of an image that says none. */
  readonly undated?: string
}

/** How images are listed; `digests` adds those that they go by. */
export const imageView = (digests: boolean): ListView => ({
  header,
  template: (format, quiet) => imageTemplate(format, quiet, digests),
  configKey: 'imagesFormat',
})

const header = {
  ID: 'IMAGE ID',
  Repository: 'REPOSITORY',
  Tag: 'TAG',
  Digest: 'DIGEST',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  Size: 'SIZE',
  Containers: 'CONTAINERS',
  SharedSize: 'SHARED SIZE',
  UniqueSize: 'UNIQUE SIZE',
}

/** The template that `format` stands for; empty is a table (docker/cli formatter.NewImageFormat). */
function imageTemplate(format: string, quiet: boolean, digests: boolean): string {
  if (format === '' || format === 'table') {
    if (quiet) return '{{.ID}}'
    const digest = digests ? '{{.Digest}}\t' : ''
    return `table {{.Repository}}\t{{.Tag}}\t${digest}{{.ID}}\t{{.CreatedSince}}\t{{.Size}}`
  }
  if (format === 'raw') {
    if (quiet) return 'image_id: {{.ID}}'
    const digest = digests ? 'digest: {{.Digest}}\n' : ''
    const name = `repository: {{ .Repository }}\ntag: {{.Tag}}\n`
    return `${name}${digest}image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n`
  }
  const wantsDigest = digests && format.startsWith('table') && !format.includes('{{.Digest}}')
  return wantsDigest ? `${format}\t{{.Digest}}` : format
}

/** The rows of a list: an image has one for each of its names, and for those of its digests that no tag goes with. */
export function imageRows(images: readonly ImageSummary[], format: string, options: ImageRowOptions): Value[] {
  const needsDigest = options.digests || format.includes('{{.Digest}}')
  return images.flatMap((image) =>
    names(image, options.digests, needsDigest).map((name) => imageRow(image, name, options)),
  )
}

export interface ImageName {
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

/** One row of a list. */
export function imageRow(image: ImageSummary, name: ImageName, options: Omit<ImageRowOptions, 'digests'>): Value {
  return value(imageContext, { image, name, options })
}

/** Whether an image has no name at all (docker/cli formatter.isDangling). */
export function isDangling({ RepoTags, RepoDigests }: ImageSummary): boolean {
  const [tags, digests] = [RepoTags ?? [], RepoDigests ?? []]
  if (tags.length === 0 && digests.length === 0) return true
  return tags.length === 1 && tags[0] === '<none>:<none>' && digests.length === 1 && digests[0] === '<none>@<none>'
}

const none = '<none>'
/** Go's zero time, the first of January of the year 1, in Unix seconds. */
const zeroTime = -62_135_596_800

function names(image: ImageSummary, listsDigests: boolean, needsDigest: boolean): ImageName[] {
  if (isDangling(image)) return [{ repository: none, tag: none, digest: none }]
  const tags = byRepository(image.RepoTags, ({ tag }) => tag)
  const digests = byRepository(image.RepoDigests, ({ digest }) => digest)
  const rows: ImageName[] = []
  for (const [repository, of] of tags) {
    const beside = (needsDigest && digests.get(repository)) || [none]
    digests.delete(repository)
    for (const tag of of) rows.push(...beside.map((digest) => ({ repository, tag, digest })))
  }
  for (const [repository, of] of digests) {
    if (listsDigests) rows.push(...of.map((digest) => ({ repository, tag: none, digest })))
    else rows.push({ repository, tag: none, digest: '' })
  }
  return rows
}

function byRepository(
  references: readonly string[] | null,
  part: (reference: Reference) => string | undefined,
): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const text of references ?? []) {
    const reference = tryParse(text)
    const wanted = reference && part(reference)
    if (wanted === undefined) continue
    const repository = familiarName(reference as Reference)
    found.set(repository, [...(found.get(repository) ?? []), wanted])
  }
  return found
}

// `<none>:<none>` and the like are no references, and no names either.
function tryParse(text: string): Reference | undefined {
  try {
    return parseReference(text)
  } catch {
    return undefined
  }
}

interface Row {
  readonly image: ImageSummary
  readonly name: ImageName
  readonly options: Omit<ImageRowOptions, 'digests'>
}

const orUnknown = (count: number, text: string): string => (count === -1 ? 'N/A' : text)

const imageContext = methods<Row>(
  '*formatter.imageContext',
  {
    ID: ({ image, options }) => (options.noTrunc ? image.Id : shortId(image.Id)),
    Repository: ({ name }) => name.repository,
    Tag: ({ name }) => name.tag,
    Digest: ({ name }) => name.digest,
    CreatedSince: ({ image, options }) => {
      if (image.Created === zeroTime) return options.undated ?? ''
      return `${humanDuration(options.now.getTime() - image.Created * 1000)} ago`
    },
    CreatedAt: ({ image, options }) => timeString(unix(image.Created, 0, options.zone)),
    Size: ({ image }) => humanSize(image.Size, 3),
    Containers: ({ image }) => orUnknown(image.Containers, String(image.Containers)),
    SharedSize: ({ image }) => orUnknown(image.SharedSize, humanSize(image.SharedSize)),
    UniqueSize: ({ image }) =>
      image.Size === -1 ? 'N/A' : orUnknown(image.SharedSize, humanSize(image.Size - image.SharedSize)),
  },
  ['trunc', 'i', 'repo', 'tag', 'digest'],
)
