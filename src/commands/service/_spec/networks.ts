import { compareStrings } from '../../../go/strings.ts'
import type { NetworkAttachment } from '../../../parse/network.ts'
import { anyGiven } from './given.ts'
import type { Task } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

type Networks = NonNullable<Task['Networks']>

/** Asks for the ID of a network of the swarm, by its name or ID. */
type IdOf = (network: string) => Promise<string>

/** Gives the networks of a new service's tasks, sorted by ID. */
export async function toNetworks(asked: readonly NetworkAttachment[], idOf: IdOf): Promise<Networks> {
  const networks: Networks = []
  for (const network of asked) networks.push(attachment(network, await idOf(network.target)))
  return sorted(networks)
}

/** Gives the networks of tasks after the options, sorted by ID; throws for one to add that is there already. */
export async function updateNetworks(
  before: Task['Networks'],
  { networkAdd, networkRm }: Pick<UpdateOptions, 'networkAdd' | 'networkRm'>,
  idOf: IdOf,
): Promise<Task['Networks']> {
  if (!anyGiven(networkAdd, networkRm)) return before
  const removed = new Set<string>()
  for (const name of new Set(networkRm)) removed.add(await idOf(name))
  const networks = (before ?? []).filter(({ Target = '' }) => !removed.has(Target))
  for (const network of networkAdd ?? []) {
    const id = await idOf(network.target)
    if (networks.some(({ Target }) => Target === id)) {
      throw new Error(`service is already attached to network ${network.target}`)
    }
    networks.push(attachment(network, id))
  }
  return sorted(networks)
}

function attachment({ aliases, driverOpts }: NetworkAttachment, id: string): Networks[number] {
  return { Target: id, Aliases: aliases ?? null, DriverOpts: driverOpts ?? null }
}

function sorted(networks: Networks): Networks {
  return networks.toSorted((a, b) => compareStrings(a.Target ?? '', b.Target ?? ''))
}
