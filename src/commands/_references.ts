import type { Context } from '../context.ts'
import type { ReferenceFile } from '../engine/types/service.ts'
import { cliError } from '../errors/cli-error.ts'
import { addFilter, type Filters } from '../parse/filter.ts'

/** A secret or config that a service uses: as a file in its containers, or, without one, by the runtime (configs only). */
export interface Reference {
  readonly name: string
  readonly file?: ReferenceFile
}

/**
 * Asks for the IDs of the secrets or configs that a service uses, which is told of one for the runtime but once. Throws for a
 * file that two of them would be, and for one that the swarm does not have (docker/cli command/service ParseSecrets, ParseConfigs).
 */
export async function withIds(
  { engine, signal }: Pick<Context, 'engine' | 'signal'>,
  kind: 'secret' | 'config',
  references: readonly Reference[],
): Promise<(Reference & { id: string })[]> {
  if (references.length === 0) return []
  const files = new Map<string, Reference>()
  const runtime = new Map<string, Reference>()
  for (const reference of references) {
    const { name, file } = reference
    if (file !== undefined && files.has(file.Name)) {
      throw cliError(`duplicate ${kind} target for ${name} not allowed`)
    }
    if (file === undefined) runtime.set(name, reference)
    else files.set(file.Name, reference)
  }
  const wanted = [...files.values(), ...runtime.values()]
  const filters = wanted.reduce<Filters>((all, { name }) => addFilter(all, 'name', name), {})
  const found = await (await engine())[`${kind}s`].list({ filters, signal })
  const ids = new Map(found.map(({ ID, Spec }) => [Spec?.Name, ID]))
  return wanted.map((reference) => {
    const id = ids.get(reference.name)
    if (id === undefined) throw cliError(`${kind} not found: ${reference.name}`)
    return { ...reference, id }
  })
}
