import { field, int, int64, map, ptr, slice, str, struct, uint16 } from '../go/types.ts'
import { containerState, healthStatus } from './container-state.ts'
import { endpointSettings } from './endpoint.ts'
import { mountPoint } from './mount-point.ts'
import { addr } from './net.ts'
import { descriptor } from './descriptor.ts'

const portSummary = struct('container.PortSummary', {
  IP: field(addr, ',omitempty'),
  PrivatePort: uint16,
  PublicPort: field(uint16, ',omitempty'),
  Type: str,
})

const hostConfig = struct('struct', {
  NetworkMode: field(str, ',omitempty'),
  Annotations: field(map(str, str), ',omitempty'),
})

const healthSummary = struct('container.HealthSummary', { Status: healthStatus, FailingStreak: int })

const networkSettings = struct('container.NetworkSettingsSummary', { Networks: map(str, ptr(endpointSettings)) })

/** Go's container.Summary. */
export const containerSummary = struct('container.Summary', {
  ID: field(str, 'Id'),
  Names: slice(str),
  Image: str,
  ImageID: str,
  ImageManifestDescriptor: field(ptr(descriptor), ',omitempty'),
  Command: str,
  Created: int64,
  Ports: slice(portSummary),
  SizeRw: field(int64, ',omitempty'),
  SizeRootFs: field(int64, ',omitempty'),
  Labels: map(str, str),
  State: containerState,
  Status: str,
  HostConfig: hostConfig,
  Health: field(ptr(healthSummary), ',omitempty'),
  NetworkSettings: ptr(networkSettings),
  Mounts: slice(mountPoint),
})

/** The answer to a list of containers. */
export const containerSummaries = slice(containerSummary)
