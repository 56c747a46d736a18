import { duration } from '../go/duration-type.ts'
import { bool, embed, field, int, int64, map, named, ptr, slice, str, struct, uint32, uint64 } from '../go/types.ts'
import { prefix } from './net.ts'
import { annotations, meta, swarmDriver } from './swarm-common.ts'
import { tlsInfo } from './swarm-node.ts'

const externalCA = struct('swarm.ExternalCA', {
  Protocol: named('swarm.ExternalCAProtocol', str),
  URL: str,
  Options: field(map(str, str), ',omitempty'),
  CACert: str,
})

/** Go's swarm.Spec. */
export const swarmSpec = struct('swarm.Spec', {
  Annotations: embed(annotations),
  Orchestration: field(
    struct('swarm.OrchestrationConfig', { TaskHistoryRetentionLimit: field(ptr(int64), ',omitempty') }),
    ',omitempty',
  ),
  Raft: field(
    struct('swarm.RaftConfig', {
      SnapshotInterval: field(uint64, ',omitempty'),
      KeepOldSnapshots: field(ptr(uint64), ',omitempty'),
      LogEntriesForSlowFollowers: field(uint64, ',omitempty'),
      ElectionTick: int,
      HeartbeatTick: int,
    }),
    ',omitempty',
  ),
  Dispatcher: field(struct('swarm.DispatcherConfig', { HeartbeatPeriod: field(duration, ',omitempty') }), ',omitempty'),
  CAConfig: field(
    struct('swarm.CAConfig', {
      NodeCertExpiry: field(duration, ',omitempty'),
      ExternalCAs: field(slice(ptr(externalCA)), ',omitempty'),
      SigningCACert: field(str, ',omitempty'),
      SigningCAKey: field(str, ',omitempty'),
      ForceRotate: field(uint64, ',omitempty'),
    }),
    ',omitempty',
  ),
  TaskDefaults: field(struct('swarm.TaskDefaults', { LogDriver: field(ptr(swarmDriver), ',omitempty') }), ',omitempty'),
  EncryptionConfig: field(struct('swarm.EncryptionConfig', { AutoLockManagers: bool }), ',omitempty'),
})

/** Go's swarm.ClusterInfo. */
export const clusterInfo = struct('swarm.ClusterInfo', {
  ID: str,
  Meta: embed(meta),
  Spec: swarmSpec,
  TLSInfo: tlsInfo,
  RootRotationInProgress: bool,
  DefaultAddrPool: slice(prefix),
  SubnetSize: uint32,
  DataPathPort: uint32,
})
