import type { ImageSummary } from '../../engine/types/image.ts'
import { familiarName, parseReference } from '../../parse/reference.ts'
import { type Display, isTable, renderList, templateText } from '../formatter.ts'
import { any, ptr, slice, struct, value, type Value } from '../../go/types.ts'
import type { Zone } from '../../go/zone.ts'
import { humanSize } from '../human.ts'
import { buildCacheHeader, buildCacheRows, rawBuildCacheFormat } from './build-cache.ts'
import { containerRow, containerView } from './container.ts'
import type { DiskUsage } from './disk-usage.ts'
import { imageRow, imageView, isDangling, type ImageName } from './image.ts'
import { volumeRows, volumeView } from './volume.ts'
import { wrap } from '../../errors/cli-error.ts'

interface Items {
  readonly Images: readonly Value[]
  readonly Containers: readonly Value[]
  readonly Volumes: readonly Value[]
  readonly BuildCache: readonly Value[]
}

export interface ItemOptions extends Display {
  readonly now: Date
  readonly zone: Zone
}

/** Every object with what it takes, in four tables or by a template (docker/cli DiskUsageContext.verboseWrite). */
export async function usageItems(usage: DiskUsage, format: string, options: ItemOptions): Promise<string> {
  const wanted = format || 'table'
  const items = itemsOf(usage, isTable(wanted), options)
  if (wanted === 'table') return tables(items, usage.buildCache.size, options)
  const [{ compile }, { dockerFunctions }] = await Promise.all([
    import('../template/template.ts'),
    import('../template/docker.ts'),
  ])
  const text = wanted === 'raw' ? rawFormat : templateText(wanted)
  let template
  try {
    template = compile('', text, { funcs: dockerFunctions, terminal: options.terminal ? 'rows' : undefined })
  } catch (error) {
    throw wrap(error, 'template parsing error')
  }
  return template.execute(value(ptr(diskUsageContext), items))
}

function itemsOf(usage: DiskUsage, truncate: boolean, { now, zone }: ItemOptions): Items {
  return {
    Images: usage.images.items.flatMap((image) => {
      const name = firstName(image)
      return name === undefined ? [] : [imageRow(image, name, { noTrunc: !truncate, now, zone })]
    }),
    Containers: usage.containers.items.map((container) =>
      // The size of the image below is not the container's.
      containerRow({ ...container, SizeRootFs: 0 }, { truncate, now, zone }),
    ),
    Volumes: volumeRows(usage.volumes.items),
    BuildCache: buildCacheRows(usage.buildCache.items, { truncate, now }),
  }
}

/** An image's first tag; undefined when that is no reference, and then the image is left out. */
function firstName(image: ImageSummary): ImageName | undefined {
  const unnamed = { repository: '<none>', tag: '<none>', digest: '' }
  const [first] = image.RepoTags ?? []
  if (first === undefined || isDangling(image)) return unnamed
  try {
    const reference = parseReference(first)
    return reference.tag === undefined
      ? unnamed
      : { repository: familiarName(reference), tag: reference.tag, digest: '' }
  } catch {
    return undefined
  }
}

const diskUsageContext = struct('formatter.diskUsageContext', {
  Images: slice(any),
  Containers: slice(any),
  Volumes: slice(any),
  BuildCache: slice(any),
})

async function tables(
  { Images, Containers, Volumes, BuildCache }: Items,
  cacheSize: number,
  { terminal = false, eastAsian = false }: Display,
): Promise<string> {
  const shown = { terminal, eastAsian }
  const parts = [
    'Images space usage:\n\n',
    await renderList({ ...shown, format: table.images, header: imageView(false).header, rows: Images }),
    '\nContainers space usage:\n\n',
    await renderList({ ...shown, format: table.containers, header: containerView(true).header, rows: Containers }),
    '\nLocal Volumes space usage:\n\n',
    await renderList({ ...shown, format: table.volumes, header: volumeView.header, rows: Volumes }),
    `\nBuild cache usage: ${humanSize(cacheSize)}\n\n`,
    await renderList({ ...shown, format: table.buildCache, header: buildCacheHeader, rows: BuildCache }),
  ]
  return parts.join('')
}

function columns(...fields: readonly string[]): string {
  return `table ${fields.map((name) => `{{.${name}}}`).join('\t')}`
}

const table = {
  images: columns('Repository', 'Tag', 'ID', 'CreatedSince', 'Size', 'SharedSize', 'UniqueSize', 'Containers'),
  containers: columns('ID', 'Image', 'Command', 'LocalVolumes', 'Size', 'RunningFor', 'Status', 'Names'),
  volumes: columns('Name', 'Links', 'Size'),
  buildCache: columns('ID', 'CacheType', 'Size', 'CreatedSince', 'LastUsedSince', 'UsageCount', 'Shared'),
}

const rawFormat = [
  `{{range .Images}}type: Image\n${imageView(true).template('raw', false)}\n`,
  `{{range .Containers}}type: Container\n${containerView(true).template('raw', false)}\n`,
  `{{range .Volumes}}type: Volume\n${volumeView.template('raw', false)}\n`,
  `{{range .BuildCache}}type: Build Cache\n${rawBuildCacheFormat}\n`,
]
  .map((part) => `${part}{{end -}}`)
  .join('\n')
