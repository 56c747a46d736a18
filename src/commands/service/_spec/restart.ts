import { given } from './given.ts'
import type { SpecOptions, Task } from './spec.ts'

/** Gives when tasks are restarted after the options: what was before, or the swarm's defaults where there was nothing, with what is set. */
export function toRestartPolicy(before: Task['RestartPolicy'], options: SpecOptions): Task['RestartPolicy'] {
  const set = given({
    Condition: options.restartCondition,
    Delay: options.restartDelay,
    MaxAttempts: options.restartMaxAttempts,
    Window: options.restartWindow,
  })
  return Object.keys(set).length === 0 ? before : { ...(before ?? defaults), ...set }
}

/** What a swarm does unless told otherwise (moby/swarmkit api/defaults). */
const defaults = { Condition: 'any', Delay: 5_000_000_000, MaxAttempts: 0 }
