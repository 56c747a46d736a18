import type { Engine } from '../../engine/engine.ts'
import { addFilter, type Filters } from '../../parse/filter.ts'

/** Removes images without a name or, with `all`, all that no container uses; gives what `prune` says of it and the bytes freed. */
export async function pruneImages(
  { images }: Engine,
  filters: Filters,
  { all, signal }: { all: boolean; signal: AbortSignal },
): Promise<{ text: string; spaceReclaimed: number }> {
  const report = await images.prune({ filters: addFilter(filters, 'dangling', String(!all)), signal })
  const lines = (report.ImagesDeleted ?? []).map(({ Untagged, Deleted }) =>
    Untagged ? `untagged: ${Untagged}` : `deleted: ${Deleted ?? ''}`,
  )
  const text = lines.length === 0 ? '' : ['Deleted Images:', ...lines, ''].join('\n')
  return { text, spaceReclaimed: report.SpaceReclaimed ?? 0 }
}
