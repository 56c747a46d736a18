import type { Context } from '../../context.ts'
import type { SwarmService } from '../../engine/types/service.ts'
import { messageOf } from '../../errors/cli-error.ts'
import { compareStrings } from '../../go/strings.ts'

/** An object of a stack to remove. */
interface Removal {
  readonly id: string
  readonly name: string
}

/**
 * Removes objects of one kind in the order given, saying each, and goes on after one that fails. Gives false when one did;
 * why stands on stderr then (docker/cli command/stack removeSecrets and the like).
 */
export async function removeEach(
  { out, err, signal }: Context,
  kind: 'service' | 'secret' | 'config' | 'network',
  objects: readonly Removal[],
  remove: (id: string) => Promise<void>,
): Promise<boolean> {
  let done = true
  for (const { id, name } of objects) {
    out.line(`Removing ${kind} ${name}`)
    try {
      await remove(id)
    } catch (error) {
      signal.throwIfAborted()
      err.line(`Failed to remove ${kind} ${id}: ${messageOf(error)}`)
      done = false
    }
  }
  return done
}

/** A service, secret or config as what is to be removed. */
export function toRemoval({ ID, Spec }: { readonly ID: string; readonly Spec?: { readonly Name?: string } }): Removal {
  return { id: ID, name: Spec?.Name ?? '' }
}

/** As removeEach, for services, sorted by name. */
export async function removeServices(context: Context, found: readonly SwarmService[]): Promise<boolean> {
  const { services } = await context.engine()
  const sorted = found.map(toRemoval).toSorted((a, b) => compareStrings(a.name, b.name))
  return removeEach(context, 'service', sorted, (id) => services.remove(id, { signal: context.signal }))
}
