import { duration } from '../go/duration-type.ts'
import { bool, field, int64, map, named, ptr, slice, str, struct, uint64 } from '../go/types.ts'
import { swarmDriver, swarmPlatform } from './swarm-common.ts'
import { containerSpec } from './swarm-container.ts'

const runtimePrivilege = struct('swarm.RuntimePrivilege', {
  Name: field(str, 'name,omitempty'),
  Description: field(str, 'description,omitempty'),
  Value: field(slice(str), 'value,omitempty'),
})

const runtimeSpec = struct('swarm.RuntimeSpec', {
  Name: field(str, 'name,omitempty'),
  Remote: field(str, 'remote,omitempty'),
  Privileges: field(slice(ptr(runtimePrivilege)), 'privileges,omitempty'),
  Disabled: field(bool, 'disabled,omitempty'),
  Env: field(slice(str), 'env,omitempty'),
})

const networkAttachmentSpec = struct('swarm.NetworkAttachmentSpec', {
  ContainerID: str,
})

const limit = struct('swarm.Limit', {
  NanoCPUs: field(int64, ',omitempty'),
  MemoryBytes: field(int64, ',omitempty'),
  Pids: field(int64, ',omitempty'),
})

const namedGenericResource = struct('swarm.NamedGenericResource', {
  Kind: field(str, ',omitempty'),
  Value: field(str, ',omitempty'),
})

const discreteGenericResource = struct('swarm.DiscreteGenericResource', {
  Kind: field(str, ',omitempty'),
  Value: field(int64, ',omitempty'),
})

/** Go's swarm.GenericResource. */
export const genericResource = struct('swarm.GenericResource', {
  NamedResourceSpec: field(ptr(namedGenericResource), ',omitempty'),
  DiscreteResourceSpec: field(ptr(discreteGenericResource), ',omitempty'),
})

/** Go's swarm.Resources. */
export const swarmResources = struct('swarm.Resources', {
  NanoCPUs: field(int64, ',omitempty'),
  MemoryBytes: field(int64, ',omitempty'),
  GenericResources: field(slice(genericResource), ',omitempty'),
})

const resourceRequirements = struct('swarm.ResourceRequirements', {
  Limits: field(ptr(limit), ',omitempty'),
  Reservations: field(ptr(swarmResources), ',omitempty'),
  SwapBytes: field(ptr(int64), ',omitzero'),
  MemorySwappiness: field(ptr(int64), ',omitzero'),
})

const restartPolicyCondition = named('swarm.RestartPolicyCondition', str)

const swarmRestartPolicy = struct('swarm.RestartPolicy', {
  Condition: field(restartPolicyCondition, ',omitempty'),
  Delay: field(ptr(duration), ',omitempty'),
  MaxAttempts: field(ptr(uint64), ',omitempty'),
  Window: field(ptr(duration), ',omitempty'),
})

const spreadOver = struct('swarm.SpreadOver', {
  SpreadDescriptor: str,
})

const placementPreference = struct('swarm.PlacementPreference', {
  Spread: ptr(spreadOver),
})

const placement = struct('swarm.Placement', {
  Constraints: field(slice(str), ',omitempty'),
  Preferences: field(slice(placementPreference), ',omitempty'),
  MaxReplicas: field(uint64, ',omitempty'),
  Platforms: field(slice(swarmPlatform), ',omitempty'),
})

const networkAttachmentConfig = struct('swarm.NetworkAttachmentConfig', {
  Target: field(str, ',omitempty'),
  Aliases: field(slice(str), ',omitempty'),
  DriverOpts: field(map(str, str), ',omitempty'),
})

const runtimeType = named('swarm.RuntimeType', str)

/** Go's swarm.TaskSpec. */
export const taskSpec = struct('swarm.TaskSpec', {
  ContainerSpec: field(ptr(containerSpec), ',omitempty'),
  PluginSpec: field(ptr(runtimeSpec), ',omitempty'),
  NetworkAttachmentSpec: field(ptr(networkAttachmentSpec), ',omitempty'),
  Resources: field(ptr(resourceRequirements), ',omitempty'),
  RestartPolicy: field(ptr(swarmRestartPolicy), ',omitempty'),
  Placement: field(ptr(placement), ',omitempty'),
  Networks: field(slice(networkAttachmentConfig), ',omitempty'),
  LogDriver: field(ptr(swarmDriver), ',omitempty'),
  ForceUpdate: uint64,
  Runtime: field(runtimeType, ',omitempty'),
})
