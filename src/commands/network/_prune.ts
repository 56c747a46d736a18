import type { Engine } from '../../engine/engine.ts'
import type { Filters } from '../../parse/filter.ts'
import { deletedText, type Pruned } from '../_pruned.ts'

/** Removes unused networks and gives what `prune` says of it; networks free no bytes. */
export async function pruneNetworks({ networks }: Engine, filters: Filters, signal: AbortSignal): Promise<Pruned> {
  const deleted = (await networks.prune({ filters, signal })).NetworksDeleted ?? []
  return { text: deletedText('Deleted Networks:', deleted), spaceReclaimed: 0 }
}
