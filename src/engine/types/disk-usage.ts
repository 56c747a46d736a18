import type { ContainerSummary } from './container.ts'
import type { ImageSummary } from './image.ts'
import type { Volume } from './volume.ts'

/** A record of the build cache. */
export interface CacheRecord {
  ID: string
  /** With the blank that the API's definition has in the name; the reference reads no other. */
  ' Parents'?: string[] | null
  Type: string
  Description: string
  InUse: boolean
  Shared: boolean
  /** Bytes. */
  Size: number
  CreatedAt: string
  LastUsedAt?: string | null
  UsageCount: number
}

/** What one kind of object takes on the daemon's disk, in bytes; items come only when they are asked for. */
export interface ObjectUsage<Item> {
  TotalCount?: number
  ActiveCount?: number
  TotalSize?: number
  Reclaimable?: number
  Items?: Item[] | null
}

/** Disk usage from API 1.52 on. */
export interface SystemDiskUsage {
  ImageUsage?: ObjectUsage<ImageSummary> | null
  ContainerUsage?: ObjectUsage<ContainerSummary> | null
  VolumeUsage?: ObjectUsage<Volume> | null
  BuildCacheUsage?: ObjectUsage<CacheRecord> | null
}

/** Disk usage before API 1.52: everything, to be counted by the client. */
export interface LegacyDiskUsage {
  /** Bytes. */
  LayersSize?: number
  Images?: ImageSummary[] | null
  Containers?: ContainerSummary[] | null
  Volumes?: Volume[] | null
  BuildCache?: CacheRecord[] | null
}
