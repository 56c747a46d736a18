import type { Engine } from '../../engine/engine.ts'
import type { PruneBuildCacheOptions } from '../../engine/system.ts'
import { deletedText, type Pruned } from '../_pruned.ts'

/** Removes unused build cache and gives what `prune` says of it and the bytes freed. */
export async function pruneBuildCache({ system }: Engine, options: PruneBuildCacheOptions): Promise<Pruned> {
  const { CachesDeleted, SpaceReclaimed } = await system.pruneBuildCache(options)
  return { text: deletedText('Deleted build cache objects:', CachesDeleted ?? []), spaceReclaimed: SpaceReclaimed ?? 0 }
}
