import type { Engine } from '../../engine/engine.ts'
import type { PruneBuildCacheOptions } from '../../engine/system.ts'

/** Removes unused build cache and gives what `prune` says of it and the bytes freed. */
export async function pruneBuildCache(
  { system }: Engine,
  options: PruneBuildCacheOptions,
): Promise<{ text: string; spaceReclaimed: number }> {
  const { CachesDeleted, SpaceReclaimed } = await system.pruneBuildCache(options)
  const deleted = CachesDeleted ?? []
  const text = deleted.length === 0 ? '' : ['Deleted build cache objects:', ...deleted, ''].join('\n')
  return { text, spaceReclaimed: SpaceReclaimed ?? 0 }
}
