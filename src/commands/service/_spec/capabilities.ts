import { normalizeCapability } from '../../../parse/capabilities.ts'
import { compareStrings } from '../../../go/strings.ts'
import { anyGiven } from './given.ts'
import type { Container } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

/**
 * Gives the lists of capabilities to add and to drop after the options. What is added comes off the list of those dropped, or else onto the
 * list of those added, and the other way round; adding wins over dropping, `RESET` empties its list first, `ALL` stands for the rest
 * (docker/cli service/update.go updateCapabilities).
 */
export function updateCapabilities(
  before: Container,
  { capAdd, capDrop }: Pick<UpdateOptions, 'capAdd' | 'capDrop'>,
): Pick<Container, 'CapabilityAdd' | 'CapabilityDrop'> {
  if (!anyGiven(capAdd, capDrop)) return {}
  const toAdd = normalized(capAdd)
  const toDrop = normalized(capDrop)
  const added = toAdd.delete('RESET') ? new Set<string>() : normalized(before.CapabilityAdd)
  const dropped = toDrop.delete('RESET') ? new Set<string>() : normalized(before.CapabilityDrop)
  for (const name of toDrop) if (!toAdd.has(name) && !added.delete(name)) dropped.add(name)
  for (const name of toAdd) if (!dropped.delete(name)) added.add(name)
  return { CapabilityAdd: listed(added), CapabilityDrop: listed(dropped) }
}

function normalized(names: readonly string[] | null | undefined): Set<string> {
  return new Set((names ?? []).map(normalizeCapability))
}

function listed(names: ReadonlySet<string>): string[] {
  return names.has('ALL') ? ['ALL'] : [...names].toSorted(compareStrings)
}
