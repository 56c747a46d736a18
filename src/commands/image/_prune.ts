import type { Engine } from '../../engine/engine.ts'
import { addFilter, type Filters } from '../../parse/filter.ts'
import { deletedText, type Pruned } from '../_pruned.ts'

/** Removes images without a name or, with `all`, all that no container uses; gives what `prune` says of it and the bytes freed. */
export async function pruneImages(
  { images }: Engine,
  filters: Filters,
  { all, signal }: { all: boolean; signal: AbortSignal },
): Promise<Pruned> {
  const report = await images.prune({ filters: addFilter(filters, 'dangling', String(!all)), signal })
  const lines = (report.ImagesDeleted ?? []).map(({ Untagged, Deleted }) =>
    Untagged ? `untagged: ${Untagged}` : `deleted: ${Deleted ?? ''}`,
  )
  return { text: deletedText('Deleted Images:', lines), spaceReclaimed: report.SpaceReclaimed ?? 0 }
}
