import { compareStrings } from '../../go/strings.ts'
import type { Context } from '../../context.ts'
import type { NodeSpec, SwarmNode } from '../../engine/types/swarm.ts'

/**
 * Changes nodes one after the other, up to the first that fails. `change` gives the new specification, or undefined
 * where there is nothing to do; `done` is called with those changed.
 */
export async function updateNodes(
  { engine, signal }: Context,
  references: readonly string[],
  change: (node: SwarmNode) => NodeSpec | undefined,
  done: (reference: string) => void,
): Promise<void> {
  const { nodes } = await engine()
  for (const reference of references) {
    const node = await nodes.inspect(reference, { signal })
    const spec = change(node)
    if (spec === undefined) continue
    await nodes.update(node.ID, node.Version?.Index ?? 0, toSent(spec), { signal })
    done(reference)
  }
}

function toSent({ Name, Labels, Role, Availability }: NodeSpec): NodeSpec {
  const sorted = Object.entries(Labels ?? {}).toSorted(([a], [b]) => compareStrings(a, b))
  return {
    ...(Name ? { Name } : {}),
    Labels: Labels ? Object.fromEntries(sorted) : null,
    ...(Role ? { Role } : {}),
    ...(Availability ? { Availability } : {}),
  }
}
