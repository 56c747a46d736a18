import type { SwarmObject, SwarmPort } from './swarm.ts'

/** How tasks are replaced, in updates and rollbacks; times in nanoseconds. */
export interface ServiceUpdateConfig {
  Parallelism?: number
  Delay?: number
  FailureAction?: string
  Monitor?: number
  MaxFailureRatio?: number
  Order?: string
}

/** What a task may use or has reserved. */
export interface TaskResources {
  /** Billionths of a CPU. */
  NanoCPUs?: number
  MemoryBytes?: number
  Pids?: number
}

/** What runs in a service's containers; times in nanoseconds. */
export interface ServiceContainerSpec {
  Image?: string
  Args?: string[] | null
  Env?: string[] | null
  Dir?: string
  User?: string
  Init?: boolean | null
  CapabilityAdd?: string[] | null
  CapabilityDrop?: string[] | null
  Sysctls?: Record<string, string> | null
  Ulimits?: { Name: string; Soft?: number; Hard?: number }[] | null
  Mounts?: { Target?: string; Source?: string; ReadOnly?: boolean; Type?: string }[] | null
  Configs?: { File?: { Name?: string } | null; ConfigName?: string }[] | null
  Secrets?: { File?: { Name?: string } | null; SecretName?: string }[] | null
  Healthcheck?: {
    Test?: string[] | null
    Interval?: number
    Timeout?: number
    StartPeriod?: number
    Retries?: number
  } | null
}

/** How a service's tasks are made and placed. */
export interface TaskSpec {
  ContainerSpec?: ServiceContainerSpec | null
  Placement?: {
    Constraints?: string[] | null
    Preferences?: { Spread?: { SpreadDescriptor?: string } | null }[] | null
    MaxReplicas?: number
  } | null
  LogDriver?: { Name?: string; Options?: Record<string, string> | null } | null
  Resources?: { Reservations?: TaskResources | null; Limits?: TaskResources | null } | null
  Networks?: { Target?: string }[] | null
}

/** What a service is to be. */
export interface ServiceSpec {
  Name?: string
  Labels?: Record<string, string> | null
  Mode?: {
    Replicated?: { Replicas?: number | null } | null
    Global?: object | null
    ReplicatedJob?: { MaxConcurrent?: number | null; TotalCompletions?: number | null } | null
    GlobalJob?: object | null
  }
  UpdateConfig?: ServiceUpdateConfig | null
  RollbackConfig?: ServiceUpdateConfig | null
  EndpointSpec?: { Mode?: string } | null
  TaskTemplate?: TaskSpec
}

/** A service of a swarm. */
export interface SwarmService extends SwarmObject {
  Spec?: ServiceSpec
  Endpoint?: { Ports?: SwarmPort[] | null }
  UpdateStatus?: {
    State?: string
    StartedAt?: string | null
    CompletedAt?: string | null
    Message?: string
  } | null
  /** Which run of a job is the latest; only jobs have it. */
  JobStatus?: { JobIteration?: { Index?: number }; LastExecution?: string } | null
  ServiceStatus?: { RunningTasks?: number; DesiredTasks?: number; CompletedTasks?: number } | null
}
