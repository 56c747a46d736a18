import { parseGenericResources } from '../../../parse/generic-resource.ts'
import type { CreateOptions } from './create-flags.ts'
import { anyGiven, given } from './given.ts'
import type { Task } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

type Requirements = NonNullable<Task['Resources']>
type GenericResources = NonNullable<NonNullable<Requirements['Reservations']>['GenericResources']>

/** Gives what a new service's tasks may use and have reserved; throws for generic resources that cannot be asked for. */
export function toRequirements(options: CreateOptions): Requirements {
  const generic = parseGenericResources(options.genericResource ?? []).map((resource) => ({
    DiscreteResourceSpec: resource,
  }))
  return {
    Limits: given({ NanoCPUs: options.limitCpu, MemoryBytes: options.limitMemory, Pids: options.limitPids }),
    Reservations: {
      ...given({ NanoCPUs: options.reserveCpu, MemoryBytes: options.reserveMemory }),
      ...(generic.length === 0 ? {} : { GenericResources: generic }),
    },
    ...given({ SwapBytes: options.memorySwap, MemorySwappiness: options.memorySwappiness }),
  }
}

/**
 * Gives what tasks may use and have reserved after the options. Swap and swappiness stay as they are: the reference takes the flags
 * and sends nothing of them.
 */
export function updateRequirements(before: Task['Resources'], options: UpdateOptions): Task['Resources'] {
  const { limitCpu, limitMemory, limitPids, reserveCpu, reserveMemory } = options
  if (!anyGiven(limitCpu, limitMemory, limitPids, reserveCpu, reserveMemory)) return updateGeneric(before, options)
  const limits = given({ NanoCPUs: limitCpu, MemoryBytes: limitMemory, Pids: limitPids })
  const reservations = given({ NanoCPUs: reserveCpu, MemoryBytes: reserveMemory })
  const changed = {
    ...before,
    Limits: { ...before?.Limits, ...limits },
    Reservations: { ...before?.Reservations, ...reservations },
  }
  return updateGeneric(changed, options)
}

function updateGeneric(before: Task['Resources'], options: UpdateOptions): Task['Resources'] {
  const { genericResourceAdd: add, genericResourceRm: remove } = options
  if (!anyGiven(add, remove)) return before
  const added = parseGenericResources(add ?? [])
  const byKind = kinds(before?.Reservations?.GenericResources ?? [])
  for (const resource of added) byKind.set(resource.Kind, { DiscreteResourceSpec: resource })
  for (const kind of remove ?? []) {
    if (!byKind.delete(kind)) throw new Error(`could not find generic-resource \`${kind}\` to remove it`)
  }
  return { ...before, Reservations: { ...before?.Reservations, GenericResources: [...byKind.values()] } }
}

function kinds(resources: GenericResources): Map<string, GenericResources[number]> {
  const byKind = new Map<string, GenericResources[number]>()
  for (const resource of resources) {
    const { DiscreteResourceSpec: discrete, NamedResourceSpec: named } = resource
    if (!discrete) throw new Error(`invalid generic-resource \`${named?.Kind}=${named?.Value}\` for service task`)
    const kind = discrete.Kind ?? ''
    if (byKind.has(kind)) throw new Error(`duplicate generic-resource \`${kind}\` for service task`)
    byKind.set(kind, resource)
  }
  return byKind
}
