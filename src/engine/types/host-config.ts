import type { Mount } from './mount.ts'
import type { PortMap } from './network.ts'

/** A device of the host in a container; permissions of `r`, `w` and `m`. */
export interface DeviceMapping {
  PathOnHost: string
  PathInContainer: string
  CgroupPermissions: string
}

/** Devices that a driver picks, GPUs for one; `Count` of -1 is all of them. */
export interface DeviceRequest {
  Driver?: string | undefined
  Count?: number | undefined
  DeviceIDs?: string[] | null | undefined
  Capabilities?: string[][] | null | undefined
  Options?: Record<string, string> | null | undefined
}

/** A limit on what a process may use, by its name in ulimit: `nofile`. */
export interface Ulimit {
  Name: string
  Hard: number
  Soft: number
}

/** The most that may be read or written of a device in a second, in bytes or operations. */
export interface ThrottleDevice {
  Path: string
  Rate: number
}

/** When a container is started again: `no`, `always`, `unless-stopped`, `on-failure`. */
export interface RestartPolicy {
  Name?: string | undefined
  MaximumRetryCount?: number | undefined
}

/** Limits on what a container may use; sizes in bytes, CPU times in microseconds unless said otherwise. */
export interface Resources {
  CpuShares?: number | undefined
  Memory?: number | undefined
  /** Billionths of a CPU. */
  NanoCpus?: number | undefined
  CgroupParent?: string | undefined
  BlkioWeight?: number | undefined
  BlkioWeightDevice?: { Path: string; Weight: number }[] | null | undefined
  BlkioDeviceReadBps?: ThrottleDevice[] | null | undefined
  BlkioDeviceWriteBps?: ThrottleDevice[] | null | undefined
  BlkioDeviceReadIOps?: ThrottleDevice[] | null | undefined
  BlkioDeviceWriteIOps?: ThrottleDevice[] | null | undefined
  CpuPeriod?: number | undefined
  CpuQuota?: number | undefined
  CpuRealtimePeriod?: number | undefined
  CpuRealtimeRuntime?: number | undefined
  CpusetCpus?: string | undefined
  CpusetMems?: string | undefined
  Devices?: DeviceMapping[] | null | undefined
  DeviceCgroupRules?: string[] | null | undefined
  DeviceRequests?: DeviceRequest[] | null | undefined
  MemoryReservation?: number | undefined
  /** Memory and swap together; -1 for no limit. */
  MemorySwap?: number | undefined
  MemorySwappiness?: number | null | undefined
  OomKillDisable?: boolean | null | undefined
  PidsLimit?: number | null | undefined
  Ulimits?: Ulimit[] | null | undefined
  CpuCount?: number | undefined
  CpuPercent?: number | undefined
  IOMaximumIOps?: number | undefined
  IOMaximumBandwidth?: number | undefined
  KernelMemory?: number | undefined
}

/** How a container is tied to its host. */
export interface HostConfig extends Resources {
  Binds?: string[] | null | undefined
  ContainerIDFile?: string | undefined
  LogConfig?: { Type?: string | undefined; Config?: Record<string, string> | null | undefined } | undefined
  NetworkMode?: string | undefined
  PortBindings?: PortMap | null | undefined
  RestartPolicy?: RestartPolicy | undefined
  AutoRemove?: boolean | undefined
  VolumeDriver?: string | undefined
  VolumesFrom?: string[] | null | undefined
  /** Rows, columns. */
  ConsoleSize?: [number, number] | undefined
  Annotations?: Record<string, string> | undefined
  CapAdd?: string[] | null | undefined
  CapDrop?: string[] | null | undefined
  CgroupnsMode?: string | undefined
  Dns?: string[] | null | undefined
  DnsOptions?: string[] | null | undefined
  DnsSearch?: string[] | null | undefined
  ExtraHosts?: string[] | null | undefined
  GroupAdd?: string[] | null | undefined
  IpcMode?: string | undefined
  Cgroup?: string | undefined
  Links?: string[] | null | undefined
  OomScoreAdj?: number | undefined
  PidMode?: string | undefined
  Privileged?: boolean | undefined
  PublishAllPorts?: boolean | undefined
  ReadonlyRootfs?: boolean | undefined
  SecurityOpt?: string[] | null | undefined
  StorageOpt?: Record<string, string> | undefined
  Tmpfs?: Record<string, string> | undefined
  UTSMode?: string | undefined
  UsernsMode?: string | undefined
  ShmSize?: number | undefined
  Sysctls?: Record<string, string> | undefined
  Runtime?: string | undefined
  Isolation?: string | undefined
  Mounts?: Mount[] | undefined
  MaskedPaths?: string[] | null | undefined
  ReadonlyPaths?: string[] | null | undefined
  Init?: boolean | undefined
}
