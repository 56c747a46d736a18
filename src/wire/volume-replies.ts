import { slice, str, struct, uint64 } from '../go/types.ts'
import { volume } from './volume.ts'

/** Go's volume.ListResponse. */
export const volumeList = struct('volume.ListResponse', { Volumes: slice(volume), Warnings: slice(str) })

/** Go's volume.PruneReport. */
export const prunedVolumes = struct('volume.PruneReport', { VolumesDeleted: slice(str), SpaceReclaimed: uint64 })
