import { time } from '../go/time.ts'
import { bool, embed, field, int, named, ptr, slice, str, struct } from '../go/types.ts'
import { addr, prefix } from './net.ts'
import { configReference } from './network.ts'
import { annotations, meta, swarmDriver, version } from './swarm-common.ts'
import { portConfig } from './swarm-endpoint.ts'
import { genericResource, taskSpec } from './swarm-task-spec.ts'

const taskState = named('swarm.TaskState', str)

const containerStatus = struct('swarm.ContainerStatus', {
  ContainerID: str,
  PID: int,
  ExitCode: int,
})

const portStatus = struct('swarm.PortStatus', {
  Ports: field(slice(portConfig), ',omitempty'),
})

const taskStatus = struct('swarm.TaskStatus', {
  Timestamp: field(time, ',omitempty'),
  State: field(taskState, ',omitempty'),
  Message: field(str, ',omitempty'),
  Err: field(str, ',omitempty'),
  ContainerStatus: field(ptr(containerStatus), ',omitempty'),
  PortStatus: field(portStatus, ',omitempty'),
})

const swarmIPAMConfig = struct('swarm.IPAMConfig', {
  Subnet: field(prefix, ',omitzero'),
  Range: field(prefix, ',omitzero'),
  Gateway: field(addr, ',omitzero'),
})

const ipamOptions = struct('swarm.IPAMOptions', {
  Driver: field(swarmDriver, ',omitempty'),
  Configs: field(slice(swarmIPAMConfig), ',omitempty'),
})

const networkSpec = struct('swarm.NetworkSpec', {
  Annotations: embed(annotations),
  DriverConfiguration: field(ptr(swarmDriver), ',omitempty'),
  IPv6Enabled: field(bool, ',omitempty'),
  Internal: field(bool, ',omitempty'),
  Attachable: field(bool, ',omitempty'),
  Ingress: field(bool, ',omitempty'),
  IPAMOptions: field(ptr(ipamOptions), ',omitempty'),
  ConfigFrom: field(ptr(configReference), ',omitempty'),
  Scope: field(str, ',omitempty'),
})

const swarmNetwork = struct('swarm.Network', {
  ID: str,
  Meta: embed(meta),
  Spec: field(networkSpec, ',omitempty'),
  DriverState: field(swarmDriver, ',omitempty'),
  IPAMOptions: field(ptr(ipamOptions), ',omitempty'),
})

const networkAttachment = struct('swarm.NetworkAttachment', {
  Network: field(swarmNetwork, ',omitempty'),
  Addresses: field(slice(prefix), ',omitempty'),
})

const volumeAttachment = struct('swarm.VolumeAttachment', {
  ID: field(str, ',omitempty'),
  Source: field(str, ',omitempty'),
  Target: field(str, ',omitempty'),
})

/** Go's swarm.Task. */
export const swarmTask = struct('swarm.Task', {
  ID: str,
  Meta: embed(meta),
  Annotations: embed(annotations),
  Spec: field(taskSpec, ',omitempty'),
  ServiceID: field(str, ',omitempty'),
  Slot: field(int, ',omitempty'),
  NodeID: field(str, ',omitempty'),
  Status: field(taskStatus, ',omitempty'),
  DesiredState: field(taskState, ',omitempty'),
  NetworksAttachments: field(slice(networkAttachment), ',omitempty'),
  GenericResources: field(slice(genericResource), ',omitempty'),
  JobIteration: field(ptr(version), ',omitempty'),
  Volumes: slice(volumeAttachment),
})

/** The answer to a list of tasks. */
export const swarmTasks = slice(swarmTask)
