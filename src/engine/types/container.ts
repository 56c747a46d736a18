import type { Sendable } from '../sendable.ts'
import type { Filters } from '../path.ts'
import type { HostConfig, Resources, RestartPolicy } from './host-config.ts'
import type { EndpointSettings, PortMap } from './network.ts'
import type { Descriptor } from './platform.ts'

/** The state of a container, in a word. */
export type ContainerStateName = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'

/** A port of a container in a list, with where it is published. */
export interface PortSummary {
  IP?: string
  PrivatePort: number
  PublicPort?: number
  Type: string
}

/** A file system that is mounted in a container. */
export interface MountPoint {
  Type?: string
  Name?: string
  Source: string
  Destination: string
  Driver?: string
  Mode: string
  RW: boolean
  Propagation: string
}

/** A container in a list. Older daemons leave fields out. */
export interface ContainerSummary {
  Id: string
  Names: string[] | null
  Image: string
  ImageID: string
  ImageManifestDescriptor?: Descriptor
  Command: string
  /** Unix seconds. */
  Created: number
  Ports: PortSummary[] | null
  SizeRw?: number
  SizeRootFs?: number
  Labels: Record<string, string> | null
  State: ContainerStateName | ''
  Status: string
  HostConfig?: { NetworkMode?: string; Annotations?: Record<string, string> }
  Health?: { Status: string; FailingStreak: number }
  NetworkSettings?: { Networks?: Record<string, EndpointSettings> | null } | null
  Mounts: MountPoint[] | null
}

/** How to watch over a container's health; times in nanoseconds. */
export interface HealthConfig {
  Test?: string[] | undefined
  Interval?: number | undefined
  Timeout?: number | undefined
  StartPeriod?: number | undefined
  StartInterval?: number | undefined
  Retries?: number | undefined
}

/** What runs in a container, apart from its host. */
export interface ContainerConfig {
  Hostname?: string | undefined
  Domainname?: string | undefined
  User?: string | undefined
  AttachStdin?: boolean | undefined
  AttachStdout?: boolean | undefined
  AttachStderr?: boolean | undefined
  ExposedPorts?: Record<string, Record<string, never>> | undefined
  Tty?: boolean | undefined
  OpenStdin?: boolean | undefined
  StdinOnce?: boolean | undefined
  Env?: string[] | null | undefined
  Cmd?: string[] | null | undefined
  Healthcheck?: HealthConfig | undefined
  ArgsEscaped?: boolean | undefined
  Image?: string | undefined
  Volumes?: Record<string, Record<string, never>> | null | undefined
  WorkingDir?: string | undefined
  Entrypoint?: string[] | null | undefined
  NetworkDisabled?: boolean | undefined
  MacAddress?: string | undefined
  OnBuild?: string[] | null | undefined
  Labels?: Record<string, string> | null | undefined
  StopSignal?: string | undefined
  /** Seconds. */
  StopTimeout?: number | undefined
  Shell?: string[] | undefined
}

/** What makes a container: POST /containers/create. */
export type ContainerCreateBody = Sendable<
  ContainerConfig & {
    HostConfig?: HostConfig | undefined
    NetworkingConfig?: { EndpointsConfig?: Record<string, EndpointSettings> | null | undefined } | undefined
  }
>

/** The ID of a container that was made, and what the daemon warns of. */
export interface ContainerCreateResponse {
  Id: string
  Warnings?: string[] | null
}

/** A run of a health check; times in RFC 3339. */
export interface HealthResult {
  Start: string
  End: string
  ExitCode: number
  Output: string
}

/** What a container does; times in RFC 3339, `0001-01-01T00:00:00Z` for never. */
export interface ContainerState {
  Status: ContainerStateName
  Running: boolean
  Paused: boolean
  Restarting: boolean
  OOMKilled: boolean
  Dead: boolean
  Pid: number
  ExitCode: number
  Error: string
  StartedAt: string
  FinishedAt: string
  Health?: { Status: string; FailingStreak: number; Log: HealthResult[] | null }
}

/** A container in full. */
export interface ContainerInspect {
  Id: string
  Created: string
  Path: string
  Args: string[] | null
  State: ContainerState | null
  Image: string
  ResolvConfPath: string
  HostnamePath: string
  HostsPath: string
  LogPath: string
  Name: string
  RestartCount: number
  Driver: string
  Platform: string
  MountLabel: string
  ProcessLabel: string
  AppArmorProfile: string
  ExecIDs: string[] | null
  HostConfig: HostConfig | null
  SizeRw?: number
  SizeRootFs?: number
  Mounts: MountPoint[] | null
  Config: ContainerConfig | null
  NetworkSettings: {
    SandboxID?: string
    SandboxKey?: string
    Ports?: PortMap | null
    Networks?: Record<string, EndpointSettings> | null
    IPAddress?: string
  } | null
  ImageManifestDescriptor?: Descriptor
}

/** What a wait ends with: not running now, the next exit, or the removal. */
export type WaitCondition = 'not-running' | 'next-exit' | 'removed'

/** A container's exit code, and why waiting failed. */
export interface ContainerWaitResponse {
  StatusCode: number
  Error?: { Message?: string } | null
}

/** Processes as rows of texts under titles. */
export interface ContainerTop {
  Processes: (string[] | null)[] | null
  Titles: string[] | null
}

/** Kind: 0 changed, 1 added, 2 deleted. */
export interface ContainerChange {
  Path: string
  Kind: 0 | 1 | 2
}

/** A path in a container; `mode` carries Go's os.FileMode bits. */
export interface ContainerPathStat {
  name: string
  size: number
  mode: number
  mtime: string
  linkTarget: string
}

/** What changes a container; what is not set stays. */
export type ContainerUpdateBody = Sendable<Resources & { RestartPolicy?: RestartPolicy | undefined }>

/** What a prune removed, and the bytes it freed. */
export interface PruneContainersReport {
  ContainersDeleted: string[] | null
  SpaceReclaimed: number
}

/** Which streams of a container to connect to. */
export interface AttachOptions {
  /** Gives what comes from now on. */
  stream?: boolean
  /** Takes input. */
  stdin?: boolean
  /** Gives standard output; all of the output where there is a terminal. */
  stdout?: boolean
  /** Gives standard error. */
  stderr?: boolean
  /** Gives what was written before, first. */
  logs?: boolean
  /** Keys that end the connection and leave the container running: `ctrl-p,ctrl-q`. */
  detachKeys?: string | undefined
}

/** Which of the output to give. */
export interface LogsOptions {
  /** Gives standard output; all of the output where there is a terminal. */
  stdout?: boolean
  /** Gives standard error. */
  stderr?: boolean
  /** A Unix time as text: `1700000000.000000001`. */
  since?: string | undefined
  /** A Unix time as text. */
  until?: string | undefined
  /** Puts the time, RFC 3339 with nanoseconds, before each line. */
  timestamps?: boolean | undefined
  /** Puts the attributes of the logging driver before each line. */
  details?: boolean | undefined
  /** Goes on with what is written from now on. */
  follow?: boolean | undefined
  /** Lines from the end, or `all`. */
  tail?: string | undefined
}

/** Which containers to list, and with what. */
export interface ContainerListOptions {
  /** Those too that do not run. */
  all?: boolean
  /** Only so many, the newest, whether they run or not; 0 or less is no limit. */
  limit?: number
  /** Adds their sizes in bytes, which takes the daemon long. */
  size?: boolean
  /** By `name`, `label`, `status`, `ancestor` and the like. */
  filters?: Filters
}

/** What an image is made of besides a container's files. */
export interface CommitOptions {
  /** The image's normalized name without its tag; none unless given. */
  repo?: string
  /** `latest` unless given. */
  tag?: string
  /** Kept in the image's history. */
  comment?: string
  /** Who made it: `Name <address>`. */
  author?: string
  /** Dockerfile instructions, one each: `CMD ["sh"]`. */
  changes?: readonly string[]
  /** Lets the container run on meanwhile. */
  noPause?: boolean
  /** A ContainerConfig whose settings are put over the container's. */
  config?: unknown
}
