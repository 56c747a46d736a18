import { compareStrings } from '../../../go/strings.ts'
import type { ServicePort } from '../../../parse/swarm-port.ts'
import { anyGiven } from './given.ts'
import type { Spec } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

type Ports = NonNullable<NonNullable<Spec['EndpointSpec']>['Ports']>

/** Gives how a service is reached after the options. */
export function updateEndpoint(before: Spec['EndpointSpec'], options: UpdateOptions): Spec['EndpointSpec'] {
  const { endpointMode, publishAdd, publishRm } = options
  const after = endpointMode === undefined ? before : { ...before, Mode: endpointMode }
  if (!anyGiven(publishAdd, publishRm)) return after
  return { ...after, Ports: updatePorts(before?.Ports ?? [], publishAdd ?? [], publishRm ?? []) }
}

/**
 * Gives ports without those removed, which target port, protocol and mode tell, and with those added that were not there before,
 * also if they are removed: sorted, so that their order changes nothing.
 */
export function updatePorts(before: Ports, add: readonly ServicePort[], remove: readonly ServicePort[]): Ports {
  const existing = new Map(before.toReversed().map((port) => [keyOf(port), port]))
  const kept = [...existing.values()].filter((port) => !remove.some((removed) => isMeant(port, removed)))
  const added = add.filter((port) => !existing.has(keyOf(port)))
  return [...kept, ...added].toSorted((a, b) => compareStrings(keyOf(a), keyOf(b)))
}

function keyOf({ PublishedPort = 0, TargetPort = 0, Protocol = '', PublishMode = '' }: Ports[number]): string {
  return `${PublishedPort}:${TargetPort}/${Protocol}/${PublishMode}`
}

function isMeant(port: Ports[number], removed: ServicePort): boolean {
  return (
    (port.Protocol || 'tcp') === removed.Protocol &&
    (port.TargetPort ?? 0) === removed.TargetPort &&
    (port.PublishMode || 'ingress') === removed.PublishMode
  )
}
