import type { CreateOptions } from './create-flags.ts'
import { given } from './given.ts'
import type { Spec } from './spec.ts'

type Mode = NonNullable<Spec['Mode']>

/** Gives how many tasks a new service is to have; throws for options that its mode does not know (docker/cli service/opts.go ToServiceMode). */
export function toMode({ mode = 'replicated', replicas, maxConcurrent, replicasMaxPerNode }: CreateOptions): Mode {
  switch (mode) {
    case 'global':
      if (replicas !== undefined) throw onlyReplicated('replicas')
      if (replicasMaxPerNode) throw onlyReplicated('replicas-max-per-node')
      if (maxConcurrent !== undefined) throw onlyReplicatedJob()
      return { Global: {} }
    case 'replicated':
      if (maxConcurrent !== undefined) throw onlyReplicatedJob()
      return { Replicated: given({ Replicas: replicas }) }
    case 'replicated-job':
      return { ReplicatedJob: given({ MaxConcurrent: maxConcurrent ?? replicas, TotalCompletions: replicas }) }
    case 'global-job':
      if (replicasMaxPerNode) throw onlyReplicated('replicas-max-per-node')
      if (maxConcurrent !== undefined) throw onlyReplicatedJob()
      if (replicas !== undefined) throw onlyReplicated('replicas')
      return { GlobalJob: {} }
    default:
      throw new Error(`unknown mode: ${mode}, only replicated and global supported`)
  }
}

/** Gives a service's mode with another number of tasks; throws where its mode has none. */
export function updateReplicas(before: Spec['Mode'], replicas: CreateOptions['replicas']): Spec['Mode'] {
  if (replicas === undefined) return before
  if (!before?.Replicated) throw new Error('replicas can only be used with replicated mode')
  return { ...before, Replicated: { Replicas: replicas } }
}

function onlyReplicated(flag: string): Error {
  return new Error(`${flag} can only be used with replicated or replicated-job mode`)
}

function onlyReplicatedJob(): Error {
  return new Error('max-concurrent can only be used with replicated-job mode')
}
