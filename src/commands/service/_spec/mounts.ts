import { compareStrings } from '../../../go/strings.ts'
import { type Mount, toAbsoluteMount } from '../../../parse/mount.ts'
import type { Container, Local } from './spec.ts'

type Mounts = NonNullable<Container['Mounts']>

/** Gives mounts as they are sent: sources that begin with a dot made absolute. */
export function toMounts(mounts: readonly Mount[], { getwd }: Local): Mounts {
  return mounts.map((mount) => toAbsoluteMount(mount, getwd))
}

/** Gives mounts with those added in the place of what had their targets, and without those removed by target: sorted by source, then target. */
export function updateMounts(before: Container['Mounts'], add: Mounts, remove: readonly string[]): Mounts {
  const byTarget = new Map(add.map((mount) => [mount.Target ?? '', mount]))
  if (byTarget.size < add.length) throw new Error('duplicate mount target')
  for (const mount of before ?? []) {
    if (!byTarget.has(mount.Target ?? '')) byTarget.set(mount.Target ?? '', mount)
  }
  for (const target of remove) byTarget.delete(target)
  return [...byTarget.values()].toSorted(
    (a, b) => compareStrings(a.Source ?? '', b.Source ?? '') || compareStrings(a.Target ?? '', b.Target ?? ''),
  )
}
