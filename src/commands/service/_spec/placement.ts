import { compareStrings } from '../../../go/strings.ts'
import type { CreateOptions } from './create-flags.ts'
import { anyGiven, given } from './given.ts'
import type { Task } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

type Placement = NonNullable<Task['Placement']>

/** Gives where a new service's tasks may run. */
export function toPlacement({ constraint, placementPref, replicasMaxPerNode }: CreateOptions): Placement {
  return given({ Constraints: constraint, Preferences: placementPref?.map(toSpread), MaxReplicas: replicasMaxPerNode })
}

/** Gives where tasks may run after the options: constraints sorted, so that their order replaces no tasks; preferences in their order. */
export function updatePlacement(before: Task['Placement'], options: UpdateOptions): Task['Placement'] {
  const { constraintAdd, constraintRm, placementPrefAdd, placementPrefRm, replicasMaxPerNode } = options
  let after = before
  if (anyGiven(constraintAdd, constraintRm)) {
    const all = [...(before?.Constraints ?? []), ...(constraintAdd ?? [])]
    const kept = all.filter((constraint) => !constraintRm?.includes(constraint))
    after = { ...after, Constraints: kept.toSorted(compareStrings) }
  }
  if (anyGiven(placementPrefAdd, placementPrefRm)) {
    const kept = (before?.Preferences ?? []).filter(
      ({ Spread: spread }) => !spread || !placementPrefRm?.includes(spread.SpreadDescriptor ?? ''),
    )
    after = { ...after, Preferences: [...kept, ...(placementPrefAdd ?? []).map(toSpread)] }
  }
  return replicasMaxPerNode === undefined ? after : { ...after, MaxReplicas: replicasMaxPerNode }
}

function toSpread(descriptor: string): { Spread: { SpreadDescriptor: string } } {
  return { Spread: { SpreadDescriptor: descriptor } }
}
