import type { Engine } from '../../engine/engine.ts'
import type { Filters } from '../../parse/filter.ts'
import { deletedText, type Pruned } from '../_pruned.ts'

/** Removes stopped containers and gives what `prune` says of it and the bytes freed. */
export async function pruneContainers({ containers }: Engine, filters: Filters, signal: AbortSignal): Promise<Pruned> {
  const { ContainersDeleted, SpaceReclaimed } = await containers.prune({ filters, signal })
  const deleted = ContainersDeleted ?? []
  if (deleted.length === 0) return { text: '', spaceReclaimed: 0 }
  return { text: deletedText('Deleted Containers:', deleted), spaceReclaimed: SpaceReclaimed ?? 0 }
}
