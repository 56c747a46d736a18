import { cliError } from '../errors/cli-error.ts'
import type { Context } from '../context.ts'

/** The ID that a node's reference stands for: `self` is the node whose daemon is asked (docker/cli node.Reference). */
export async function nodeReference({ engine, signal }: Context, reference: string): Promise<string> {
  if (reference !== 'self') return reference
  const { nodes, system } = await engine()
  const { Swarm } = await system.info({ signal })
  if (Swarm?.NodeID) return Swarm.NodeID
  // What only managers answer says better why there is no ID.
  await nodes.list({ signal })
  throw cliError('node ID not found in /info')
}
