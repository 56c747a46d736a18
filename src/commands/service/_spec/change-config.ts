import type { Spec, SpecOptions } from './spec.ts'
import { given } from './given.ts'

type ChangeConfig = Spec['UpdateConfig']

/** Gives how tasks are updated after the options: what was before, or the swarm's defaults where there was nothing, with what is set. */
export function toUpdateConfig(before: ChangeConfig, options: SpecOptions): ChangeConfig {
  return changed(before, {
    Parallelism: options.updateParallelism,
    Delay: options.updateDelay,
    Monitor: options.updateMonitor,
    FailureAction: options.updateFailureAction,
    MaxFailureRatio: options.updateMaxFailureRatio,
    Order: options.updateOrder,
  })
}

/** As toUpdateConfig, for how tasks are rolled back. */
export function toRollbackConfig(before: ChangeConfig, options: SpecOptions): ChangeConfig {
  return changed(before, {
    Parallelism: options.rollbackParallelism,
    Delay: options.rollbackDelay,
    Monitor: options.rollbackMonitor,
    FailureAction: options.rollbackFailureAction,
    MaxFailureRatio: options.rollbackMaxFailureRatio,
    Order: options.rollbackOrder,
  })
}

/** What a swarm does unless told otherwise (moby/swarmkit api/defaults). */
const defaults = {
  Parallelism: 1,
  Delay: 0,
  Monitor: 5_000_000_000,
  FailureAction: 'pause',
  MaxFailureRatio: 0,
  Order: 'stop-first',
}

function changed(before: ChangeConfig, options: { [K in keyof typeof defaults]: unknown }): ChangeConfig {
  const set = given(options) as Partial<NonNullable<ChangeConfig>>
  return Object.keys(set).length === 0 ? before : { ...(before ?? defaults), ...set }
}
