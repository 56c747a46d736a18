import type { Engine } from '../../engine/engine.ts'
import type { Filters } from '../../parse/filter.ts'

/** Removes unused networks and gives what `prune` says of it; networks free no bytes. */
export async function pruneNetworks(
  { networks }: Engine,
  filters: Filters,
  signal: AbortSignal,
): Promise<{ text: string; spaceReclaimed: number }> {
  const deleted = (await networks.prune({ filters, signal })).NetworksDeleted ?? []
  return { text: deleted.length === 0 ? '' : ['Deleted Networks:', ...deleted, ''].join('\n'), spaceReclaimed: 0 }
}
