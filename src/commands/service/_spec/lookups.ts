import type { Context } from '../../../context.ts'
import { withIds } from '../../_references.ts'
import type { WithIds } from './references.ts'

/** What the daemon tells of the names that a specification mentions. */
export interface Lookups {
  readonly networkId: (network: string) => Promise<string>
  readonly withIds: WithIds
}

/** Asks the daemon of `context`. */
export function lookupsOf(context: Context): Lookups {
  return {
    networkId: async (network) => {
      const { networks } = await context.engine()
      return (await networks.inspect(network, { scope: 'swarm', signal: context.signal })).Id
    },
    withIds: (kind, references) => withIds(context, kind, references),
  }
}
