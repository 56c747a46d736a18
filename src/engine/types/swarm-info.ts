import type { Sendable } from '../sendable.ts'
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

/** A swarm with the tokens by which nodes join it. */
export interface SwarmDescription extends SwarmCluster {
  JoinTokens: { Worker: string; Manager: string }
}

/** What makes a swarm; addresses are `ADDRESS:PORT`, of an interface or an IP. */
export interface SwarmInitRequest {
  ListenAddr: string
  AdvertiseAddr?: string
  DataPathAddr?: string
  DataPathPort?: number
  ForceNewCluster?: boolean
  Spec?: Sendable<SwarmSpec>
  AutoLockManagers?: boolean
  /** `active`, `pause` or `drain`; the daemon's default where it is empty. */
  Availability?: string
  /** Blocks of addresses, `10.20.0.0/16`, of which networks are made. */
  DefaultAddrPool?: string[]
  /** The length in bits of the prefix of networks from that pool. */
  SubnetSize?: number
}

/** What makes a node part of a swarm; `RemoteAddrs` are managers. */
export interface SwarmJoinRequest {
  ListenAddr: string
  AdvertiseAddr?: string
  DataPathAddr?: string
  RemoteAddrs: string[]
  JoinToken: string
  Availability?: string
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
