import { bool, field, int, named, ptr, slice, str, struct } from '../go/types.ts'
import { clusterInfo } from './swarm-cluster.ts'

/** Go's swarm.Info. */
export const swarmInfo = struct('swarm.Info', {
  NodeID: str,
  NodeAddr: str,
  LocalNodeState: named('swarm.LocalNodeState', str),
  ControlAvailable: bool,
  Error: str,
  RemoteManagers: slice(struct('swarm.Peer', { NodeID: str, Addr: str })),
  Nodes: field(int, ',omitempty'),
  Managers: field(int, ',omitempty'),
  Cluster: field(ptr(clusterInfo), ',omitempty'),
  Warnings: field(slice(str), ',omitempty'),
})
