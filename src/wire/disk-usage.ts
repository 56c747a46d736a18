import { time } from '../go/time.ts'
import { bool, field, int, int64, ptr, slice, str, struct, type Type } from '../go/types.ts'
import { containerSummary } from './container-list.ts'
import { imageSummary } from './image-list.ts'
import { volume } from './volume.ts'

const cacheRecord = struct('build.CacheRecord', {
  ID: str,
  // The blank is in the tag of the reference (moby api/types/build CacheRecord).
  Parents: field(slice(str), ' Parents,omitempty'),
  Type: str,
  Description: str,
  InUse: bool,
  Shared: bool,
  Size: int64,
  CreatedAt: time,
  LastUsedAt: ptr(time),
  UsageCount: int,
})

const usageOf = (name: string, item: Type): Type =>
  struct(name, {
    ActiveCount: field(int64, ',omitempty'),
    Items: field(slice(item), ',omitempty'),
    Reclaimable: field(int64, ',omitempty'),
    TotalCount: field(int64, ',omitempty'),
    TotalSize: field(int64, ',omitempty'),
  })

/** Go's system.DiskUsage, from API 1.52 on. */
export const diskUsage = struct('system.DiskUsage', {
  ImageUsage: field(ptr(usageOf('image.DiskUsage', imageSummary)), ',omitempty'),
  ContainerUsage: field(ptr(usageOf('container.DiskUsage', containerSummary)), ',omitempty'),
  VolumeUsage: field(ptr(usageOf('volume.DiskUsage', volume)), ',omitempty'),
  BuildCacheUsage: field(ptr(usageOf('build.DiskUsage', cacheRecord)), ',omitempty'),
})

/** Go's legacyDiskUsage of the moby client, before API 1.52. */
export const legacyDiskUsage = struct('client.legacyDiskUsage', {
  LayersSize: field(int64, ',omitempty'),
  Images: field(slice(imageSummary), ',omitzero'),
  Containers: field(slice(containerSummary), ',omitzero'),
  Volumes: field(slice(volume), ',omitzero'),
  BuildCache: field(slice(cacheRecord), ',omitzero'),
})
