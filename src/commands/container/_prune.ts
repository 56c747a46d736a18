import type { Engine } from '../../engine/engine.ts'
import type { Filters } from '../../parse/filter.ts'

/** Removes stopped containers and gives what `prune` says of it and the bytes freed. */
export async function pruneContainers(
  { containers }: Engine,
  filters: Filters,
  signal: AbortSignal,
): Promise<{ text: string; spaceReclaimed: number }> {
  const { ContainersDeleted, SpaceReclaimed } = await containers.prune({ filters, signal })
  const deleted = ContainersDeleted ?? []
  if (deleted.length === 0) return { text: '', spaceReclaimed: 0 }
  return { text: ['Deleted Containers:', ...deleted, ''].join('\n'), spaceReclaimed: SpaceReclaimed ?? 0 }
}
