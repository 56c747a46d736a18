import type { Engine } from '../../engine/engine.ts'
import type { Filters } from '../../parse/filter.ts'
import { deletedText, type Pruned } from '../_pruned.ts'

/** Removes unused volumes and gives what `prune` says of it and the bytes freed. */
export async function pruneVolumes({ volumes }: Engine, filters: Filters, signal: AbortSignal): Promise<Pruned> {
  const { VolumesDeleted, SpaceReclaimed } = await volumes.prune({ filters, signal })
  const deleted = VolumesDeleted ?? []
  if (deleted.length === 0) return { text: '', spaceReclaimed: 0 }
  return { text: deletedText('Deleted Volumes:', deleted), spaceReclaimed: SpaceReclaimed }
}
