import type { TlsInfo } from './swarm.ts'

/** How a swarm is set up; times in nanoseconds. */
export interface SwarmSpec {
  Name?: string
  Labels?: Record<string, string> | null
  Orchestration?: { TaskHistoryRetentionLimit?: number | null }
  Raft?: {
    SnapshotInterval?: number
    KeepOldSnapshots?: number | null
    LogEntriesForSlowFollowers?: number
    ElectionTick?: number
    HeartbeatTick?: number
  }
  Dispatcher?: { HeartbeatPeriod?: number }
  CAConfig?: {
    NodeCertExpiry?: number
    ExternalCAs?: { Protocol: string; URL: string; Options?: Record<string, string> | null; CACert?: string }[] | null
    SigningCACert?: string
    SigningCAKey?: string
    ForceRotate?: number
  }
  TaskDefaults?: { LogDriver?: { Name?: string; Options?: Record<string, string> | null } | null }
  EncryptionConfig?: { AutoLockManagers?: boolean }
}

/** A swarm as its managers know it. */
export interface SwarmCluster {
  ID: string
  Version?: { Index: number }
  CreatedAt?: string
  UpdatedAt?: string
  Spec?: SwarmSpec
  TLSInfo?: TlsInfo
  RootRotationInProgress?: boolean
  DefaultAddrPool?: string[] | null
  SubnetSize?: number
  DataPathPort?: number
}

/** The daemon's part in a swarm. */
export interface SwarmInfo {
  NodeID: string
  NodeAddr: string
  LocalNodeState: string
  ControlAvailable: boolean
  Error: string
  RemoteManagers: { NodeID: string; Addr: string }[] | null
  Nodes?: number
  Managers?: number
  Cluster?: SwarmCluster | null
  Warnings?: string[]
}
