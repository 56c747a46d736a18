import { bool, embed, field, int64, map, named, ptr, slice, str, struct, uint8 } from '../go/types.ts'
import { annotations, meta, swarmPlatform, swarmTopology } from './swarm-common.ts'
import { swarmResources } from './swarm-task-spec.ts'

const nodeRole = named('swarm.NodeRole', str)

const nodeAvailability = named('swarm.NodeAvailability', str)

const nodeSpec = struct('swarm.NodeSpec', {
  Annotations: embed(annotations),
  Role: field(nodeRole, ',omitempty'),
  Availability: field(nodeAvailability, ',omitempty'),
})

const pluginDescription = struct('swarm.PluginDescription', {
  Type: field(str, ',omitempty'),
  Name: field(str, ',omitempty'),
})

const engineDescription = struct('swarm.EngineDescription', {
  EngineVersion: field(str, ',omitempty'),
  Labels: field(map(str, str), ',omitempty'),
  Plugins: field(slice(pluginDescription), ',omitempty'),
})

/** Go's swarm.TLSInfo. */
export const tlsInfo = struct('swarm.TLSInfo', {
  TrustRoot: field(str, ',omitempty'),
  CertIssuerSubject: field(slice(uint8), ',omitempty'),
  CertIssuerPublicKey: field(slice(uint8), ',omitempty'),
})

const nodeCSIInfo = struct('swarm.NodeCSIInfo', {
  PluginName: field(str, ',omitempty'),
  NodeID: field(str, ',omitempty'),
  MaxVolumesPerNode: field(int64, ',omitempty'),
  AccessibleTopology: field(ptr(swarmTopology), ',omitempty'),
})

const nodeDescription = struct('swarm.NodeDescription', {
  Hostname: field(str, ',omitempty'),
  Platform: field(swarmPlatform, ',omitempty'),
  Resources: field(swarmResources, ',omitempty'),
  Engine: field(engineDescription, ',omitempty'),
  TLSInfo: field(tlsInfo, ',omitempty'),
  CSIInfo: field(slice(nodeCSIInfo), ',omitempty'),
})

const nodeState = named('swarm.NodeState', str)

const nodeStatus = struct('swarm.NodeStatus', {
  State: field(nodeState, ',omitempty'),
  Message: field(str, ',omitempty'),
  Addr: field(str, ',omitempty'),
})

const reachability = named('swarm.Reachability', str)

const managerStatus = struct('swarm.ManagerStatus', {
  Leader: field(bool, ',omitempty'),
  Reachability: field(reachability, ',omitempty'),
  Addr: field(str, ',omitempty'),
})

/** Go's swarm.Node. */
export const node = struct('swarm.Node', {
  ID: str,
  Meta: embed(meta),
  Spec: field(nodeSpec, ',omitempty'),
  Description: field(nodeDescription, ',omitempty'),
  Status: field(nodeStatus, ',omitempty'),
  ManagerStatus: field(ptr(managerStatus), ',omitempty'),
})

/** The answer to a list of nodes. */
export const nodes = slice(node)
