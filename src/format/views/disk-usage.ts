import type { ContainerSummary } from '../../engine/types/container.ts'
import type { CacheRecord, LegacyDiskUsage, ObjectUsage, SystemDiskUsage } from '../../engine/types/disk-usage.ts'
import type { ImageSummary } from '../../engine/types/image.ts'
import type { Volume } from '../../engine/types/volume.ts'
import { methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { humanSize } from '../human.ts'

/** What one kind of object takes on the daemon's disk. */
export interface Usage<Item> {
  readonly total: number
  readonly active: number
  readonly size: number
  readonly reclaimable: number
  readonly items: readonly Item[]
}

export interface DiskUsage {
  readonly images: Usage<ImageSummary>
  readonly containers: Usage<ContainerSummary>
  readonly volumes: Usage<Volume>
  readonly buildCache: Usage<CacheRecord>
}

/** Reads the daemon's figures; items only come when they were asked for. */
export function diskUsage(wire: SystemDiskUsage): DiskUsage {
  const read = <Item>(usage: ObjectUsage<Item> | null | undefined): Usage<Item> => ({
    total: usage?.TotalCount ?? 0,
    active: usage?.ActiveCount ?? 0,
    size: usage?.TotalSize ?? 0,
    reclaimable: usage?.Reclaimable ?? 0,
    items: usage?.Items ?? [],
  })
  return {
    images: read(wire.ImageUsage),
    containers: read(wire.ContainerUsage),
    volumes: read(wire.VolumeUsage),
    buildCache: read(wire.BuildCacheUsage),
  }
}

/** Counts what an older daemon lists (moby/client diskUsageResultFromLegacyAPI). */
export function legacyDiskUsage(wire: LegacyDiskUsage): DiskUsage {
  return {
    images: imageUsage(wire.Images ?? [], wire.LayersSize ?? 0),
    containers: containerUsage(wire.Containers ?? []),
    volumes: volumeUsage(wire.Volumes ?? []),
    buildCache: cacheUsage(wire.BuildCache ?? []),
  }
}

function imageUsage(items: readonly ImageSummary[], size: number): Usage<ImageSummary> {
  const idle = items.filter(({ Containers, Size, SharedSize }) => Containers === 0 && Size !== -1 && SharedSize !== -1)
  return {
    total: items.length,
    active: items.filter(({ Containers }) => Containers > 0).length,
    size,
    reclaimable: sum(idle, ({ Size, SharedSize }) => Size - SharedSize),
    items,
  }
}

const running = new Set(['running', 'paused', 'restarting'])

function containerUsage(items: readonly ContainerSummary[]): Usage<ContainerSummary> {
  const active = items.filter(({ State }) => running.has(State ?? ''))
  const size = sum(items, ({ SizeRw }) => SizeRw ?? 0)
  const reclaimable = size - sum(active, ({ SizeRw }) => SizeRw ?? 0)
  return { total: items.length, active: active.length, size, reclaimable, items }
}

function volumeUsage(items: readonly Volume[]): Usage<Volume> {
  const known = items.flatMap(({ UsageData }) => (UsageData ? [UsageData] : []))
  const active = known.filter(({ RefCount }) => RefCount > 0)
  const size = sum(known, ({ Size }) => Math.max(Size, 0))
  return {
    total: items.length,
    active: active.length,
    size,
    reclaimable: size - sum(active, ({ Size }) => Size),
    items,
  }
}

function cacheUsage(items: readonly CacheRecord[]): Usage<CacheRecord> {
  const own = items.filter(({ Shared }) => !Shared)
  const size = sum(own, ({ Size }) => Size)
  const used = sum(
    own.filter(({ InUse }) => InUse),
    ({ Size }) => Size,
  )
  return {
    total: items.length,
    active: items.filter(({ InUse }) => InUse).length,
    size,
    reclaimable: size - used,
    items,
  }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

/** How disk usage is listed, a row for each kind of object. */
export const usageView: ListView = {
  header: {
    Type: 'TYPE',
    TotalCount: 'TOTAL',
    Active: 'ACTIVE',
    Size: 'SIZE',
    Reclaimable: 'RECLAIMABLE',
  },
  template: usageTemplate,
}

/** The template that `format` stands for; empty is a table (docker/cli formatter.NewDiskUsageFormat). */
function usageTemplate(format: string): string {
  if (format === '' || format === 'table') {
    return 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}'
  }
  if (format !== 'raw') return format
  return 'type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\nreclaimable: {{.Reclaimable}}\n'
}

/** A row for each kind of object. */
export function usageRows({ images, containers, volumes, buildCache }: DiskUsage): Value[] {
  return [
    value(context('Images', 'Images', withShare), images),
    value(context('Containers', 'Containers', withShare), containers),
    value(context('Volumes', 'Local Volumes', withShare), volumes),
    value(
      context('Builder', 'Build Cache', ({ reclaimable }) => humanSize(reclaimable)),
      buildCache,
    ),
  ]
}

type Figures = Usage<unknown>

function withShare({ reclaimable, size }: Figures): string {
  const share = size > 0 ? ` (${Math.trunc((reclaimable * 100) / size)}%)` : ''
  return humanSize(reclaimable) + share
}

function context(name: string, type: string, reclaimable: (usage: Figures) => string) {
  return methods<Figures>(`*formatter.diskUsage${name}Context`, {
    Type: () => type,
    TotalCount: ({ total }) => String(total),
    Active: ({ active }) => String(active),
    Size: ({ size }) => humanSize(size),
    Reclaimable: reclaimable,
  })
}
