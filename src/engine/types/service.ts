import type { HealthConfig } from './container.ts'
import type { Ulimit } from './host-config.ts'
import type { Mount } from './mount.ts'
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
  /** Of limits only. */
  Pids?: number
  /** Of reservations only. */
  GenericResources?: GenericResource[] | null
}

/** A resource that nodes advertise by a name of their own: a number of them, or one by its value. */
export interface GenericResource {
  NamedResourceSpec?: { Kind?: string; Value?: string } | null
  DiscreteResourceSpec?: { Kind?: string; Value?: number } | null
}

/** Where a secret or config appears in a container's file system. */
export interface ReferenceFile {
  Name: string
  UID: string
  GID: string
  Mode: number
}

/** A secret that a service's containers get. */
export interface SecretReference {
  File?: ReferenceFile | null
  SecretID?: string
  SecretName?: string
}

/** A config that a service's containers get, as a file or, with `Runtime`, as what the runtime reads. */
export interface ConfigReference {
  File?: ReferenceFile | null
  Runtime?: Record<string, never> | null
  ConfigID?: string
  ConfigName?: string
}

/** Where a managed service account of Windows comes from; one of the three is set. */
export interface CredentialSpec {
  Config?: string
  File?: string
  Registry?: string
}

/** The security options of a service's containers. */
export interface ServicePrivileges {
  CredentialSpec?: CredentialSpec | null
  SELinuxContext?: { Disable?: boolean; User?: string; Role?: string; Type?: string; Level?: string } | null
  Seccomp?: { Mode?: string; Profile?: unknown } | null
  AppArmor?: { Mode?: string } | null
  NoNewPrivileges?: boolean
}

/** How a service's containers resolve names. */
export interface ServiceDns {
  Nameservers?: string[] | null
  Search?: string[] | null
  Options?: string[] | null
}

/** What runs in a service's containers; times in nanoseconds. */
export interface ServiceContainerSpec {
  Image?: string
  Labels?: Record<string, string> | null
  Command?: string[] | null
  Args?: string[] | null
  Hostname?: string
  Env?: string[] | null
  Dir?: string
  User?: string
  Groups?: string[] | null
  Privileges?: ServicePrivileges | null
  Init?: boolean | null
  StopSignal?: string
  TTY?: boolean
  OpenStdin?: boolean
  ReadOnly?: boolean
  Mounts?: Mount[] | null
  StopGracePeriod?: number | null
  Healthcheck?: HealthConfig | null
  /** Each `IP name [alias...]`. */
  Hosts?: string[] | null
  DNSConfig?: ServiceDns | null
  Secrets?: SecretReference[] | null
  Configs?: ConfigReference[] | null
  Isolation?: string
  Sysctls?: Record<string, string> | null
  CapabilityAdd?: string[] | null
  CapabilityDrop?: string[] | null
  Ulimits?: Ulimit[] | null
  OomScoreAdj?: number
}

/** When a task that ended is started anew; times in nanoseconds. */
export interface TaskRestartPolicy {
  /** `none`, `on-failure` or `any`. */
  Condition?: string
  Delay?: number | null
  MaxAttempts?: number | null
  Window?: number | null
}

/** On which nodes tasks may run. */
export interface TaskPlacement {
  Constraints?: string[] | null
  Preferences?: { Spread?: { SpreadDescriptor?: string } | null }[] | null
  MaxReplicas?: number
  Platforms?: { Architecture?: string; OS?: string }[] | null
}

/** A network that a service's tasks are attached to. */
export interface TaskNetwork {
  /** Its ID; a name too in a request. */
  Target?: string
  Aliases?: string[] | null
  DriverOpts?: Record<string, string> | null
}

/** What a service's tasks may use and have reserved. */
export interface TaskRequirements {
  Reservations?: TaskResources | null
  Limits?: TaskResources | null
  SwapBytes?: number | null
  MemorySwappiness?: number | null
}

/** How a service's tasks are made and placed. */
export interface TaskSpec {
  ContainerSpec?: ServiceContainerSpec | null
  /** A plugin instead of a container, as the daemon gave it. */
  PluginSpec?: { name?: string; remote?: string; disabled?: boolean; env?: string[] | null } | null
  Resources?: TaskRequirements | null
  RestartPolicy?: TaskRestartPolicy | null
  Placement?: TaskPlacement | null
  Networks?: TaskNetwork[] | null
  LogDriver?: { Name?: string; Options?: Record<string, string> | null } | null
  /** Counted up to replace tasks where nothing else changes. */
  ForceUpdate?: number
  Runtime?: string
}

/** How many tasks a service has: one of the four is set. */
export interface ServiceMode {
  Replicated?: { Replicas?: number | null } | null
  Global?: object | null
  ReplicatedJob?: { MaxConcurrent?: number | null; TotalCompletions?: number | null } | null
  GlobalJob?: object | null
}

/** How a service is reached. */
export interface ServiceEndpointSpec {
  /** `vip` or `dnsrr`. */
  Mode?: string
  Ports?: SwarmPort[] | null
}

/** What a service is to be. */
export interface ServiceSpec {
  Name?: string
  Labels?: Record<string, string> | null
  TaskTemplate?: TaskSpec
  Mode?: ServiceMode
  UpdateConfig?: ServiceUpdateConfig | null
  RollbackConfig?: ServiceUpdateConfig | null
  EndpointSpec?: ServiceEndpointSpec | null
}

/** A service of a swarm. */
export interface SwarmService extends SwarmObject {
  Spec?: ServiceSpec
  PreviousSpec?: ServiceSpec | null
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

/** What the daemon says to a service that it made. */
export interface ServiceCreateResponse {
  ID: string
  Warnings: string[] | null
}
