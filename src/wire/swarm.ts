import { bool, embed, named, slice, str, struct, uint32 } from '../go/types.ts'
import { prefix } from './net.ts'
import { clusterInfo, swarmSpec } from './swarm-cluster.ts'

/** Go's swarm.Swarm. */
export const swarm = struct('swarm.Swarm', {
  ClusterInfo: embed(clusterInfo),
  JoinTokens: struct('swarm.JoinTokens', { Worker: str, Manager: str }),
})

/** The answer to a new swarm: the ID of its first node. */
export const nodeId = str

/** Go's swarm.UnlockKeyResponse. */
export const unlockKeyResponse = struct('swarm.UnlockKeyResponse', { UnlockKey: str })

const availability = named('swarm.NodeAvailability', str)

/** Go's swarm.InitRequest. */
export const initRequest = struct('swarm.InitRequest', {
  ListenAddr: str,
  AdvertiseAddr: str,
  DataPathAddr: str,
  DataPathPort: uint32,
  ForceNewCluster: bool,
  Spec: swarmSpec,
  AutoLockManagers: bool,
  Availability: availability,
  DefaultAddrPool: slice(prefix),
  SubnetSize: uint32,
})

/** Go's swarm.JoinRequest. */
export const joinRequest = struct('swarm.JoinRequest', {
  ListenAddr: str,
  AdvertiseAddr: str,
  DataPathAddr: str,
  RemoteAddrs: slice(str),
  JoinToken: str,
  Availability: availability,
})
