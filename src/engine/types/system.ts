import type { SwarmInfo } from './swarm-info.ts'

/** The version of a part of the engine. */
export interface ComponentVersion {
  Name: string
  Version: string
  Details?: Record<string, string>
}

/** The versions of a daemon; API versions as `1.45`. */
export interface SystemVersion {
  Platform?: { Name: string }
  Version: string
  ApiVersion: string
  MinAPIVersion?: string
  GitCommit?: string
  GoVersion?: string
  Os: string
  Arch: string
  KernelVersion?: string
  Experimental?: boolean
  BuildTime?: string
  Components?: ComponentVersion[]
}

/** The version of a program that the daemon runs. */
export interface CommitInfo {
  ID: string
  Expected?: string
}

/** How the daemon deals with registries. */
export interface RegistryServiceConfig {
  InsecureRegistryCIDRs: string[] | null
  IndexConfigs: Record<string, { Name: string; Mirrors: string[] | null; Secure: boolean; Official: boolean }> | null
  Mirrors: string[] | null
}

/** What the daemon says of itself. Older and other engines leave fields out. */
export interface SystemInfo {
  ID: string
  Containers: number
  ContainersRunning: number
  ContainersPaused: number
  ContainersStopped: number
  Images: number
  Driver: string
  DriverStatus: [string, string][] | null
  SystemStatus?: [string, string][] | null
  Plugins: {
    Volume: string[] | null
    Network: string[] | null
    Authorization: string[] | null
    Log: string[] | null
  }
  MemoryLimit: boolean
  SwapLimit: boolean
  CpuCfsPeriod: boolean
  CpuCfsQuota: boolean
  CPUShares: boolean
  CPUSet: boolean
  PidsLimit: boolean
  IPv4Forwarding: boolean
  Debug: boolean
  NFd: number
  OomKillDisable: boolean
  NGoroutines: number
  SystemTime: string
  LoggingDriver: string
  CgroupDriver: string
  CgroupVersion?: string
  NEventsListener: number
  KernelVersion: string
  OperatingSystem: string
  OSVersion: string
  OSType: string
  Architecture: string
  IndexServerAddress: string
  RegistryConfig: RegistryServiceConfig | null
  NCPU: number
  MemTotal: number
  GenericResources: unknown[] | null
  DockerRootDir: string
  HttpProxy: string
  HttpsProxy: string
  NoProxy: string
  Name: string
  Labels: string[] | null
  ExperimentalBuild: boolean
  ServerVersion: string
  Runtimes: Record<string, { path?: string; runtimeArgs?: string[]; status?: Record<string, string> }> | null
  DefaultRuntime: string
  Swarm: SwarmInfo
  LiveRestoreEnabled: boolean
  Isolation: string
  InitBinary: string
  ContainerdCommit: CommitInfo
  RuncCommit: CommitInfo
  InitCommit: CommitInfo
  SecurityOptions: string[] | null
  ProductLicense?: string
  DefaultAddressPools?: { Base: string; Size: number }[]
  FirewallBackend?: { Driver: string; Info?: [string, string][] }
  CDISpecDirs?: string[] | null
  DiscoveredDevices?: { Source: string; ID: string }[]
  NRI?: { Info?: [string, string][] }
  Containerd?: { Address?: string; Namespaces: { Containers: string; Plugins: string } }
  Warnings: string[] | null
}

/** A kind of object that takes space on disk. */
export type DiskUsageType = 'container' | 'image' | 'volume' | 'build-cache'

/** Credentials for a registry; only what is set is sent. */
export interface AuthConfig {
  username?: string | undefined
  password?: string | undefined
  auth?: string | undefined
  serveraddress?: string | undefined
  identitytoken?: string | undefined
  registrytoken?: string | undefined
}

/** What a login gave: a token in place of the password, where the registry has such. */
export interface AuthResponse {
  Status: string
  IdentityToken?: string
}

/** What a prune of the build cache removed. */
export interface PruneBuildCacheReport {
  /** The ids of the records that are gone. */
  CachesDeleted: string[] | null
  /** In bytes. */
  SpaceReclaimed: number
}

/** Something that happened to an object of the daemon. */
export interface EventMessage {
  Type: string
  Action: string
  Actor: { ID: string; Attributes: Record<string, string> | null }
  scope?: string
  /** Unix seconds, and the same in nanoseconds (rounded by JSON's numbers). */
  time?: number
  timeNano?: number
}

/** One line of a pull, push, load, import or build's answer. */
export interface JsonMessage {
  stream?: string
  status?: string
  progressDetail?: { current?: number; total?: number; start?: number; hidecounts?: boolean; units?: string }
  id?: string
  errorDetail?: { code?: number; message?: string }
  error?: string
  aux?: unknown
}
