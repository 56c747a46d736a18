import type { Options } from '../../../cli/flags.ts'
import type { Sendable } from '../../../engine/sendable.ts'
import type { ServiceContainerSpec, ServiceSpec, TaskSpec } from '../../../engine/types/service.ts'
import type { specFlags } from './flags.ts'

/** A service's specification, its whole numbers exact. */
export type Spec = Sendable<ServiceSpec>
export type Task = Sendable<TaskSpec>
export type Container = Sendable<ServiceContainerSpec>

/** The options that create and update share. */
export type SpecOptions = Options<ReturnType<typeof specFlags>>

/** What the caller's machine adds to a command line. */
export interface Local {
  readonly getwd: () => string
  readonly lookup: (name: string) => string | undefined
}
