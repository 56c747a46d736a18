import {
  array,
  bool,
  embed,
  field,
  int,
  int64,
  map,
  named,
  method,
  type Method,
  ptr,
  slice,
  str,
  struct,
  uint,
} from '../go/types.ts'
import { portBinding } from './endpoint.ts'
import { cgroupSpec, cgroupnsMode, ipcMode, isolation, networkMode, pidMode, usernsMode, utsMode } from './modes.ts'
import { mount } from './mount.ts'
import { addr, port } from './net.ts'
import { resources } from './resources.ts'

const logConfig = struct('container.LogConfig', {
  Type: str,
  Config: map(str, str),
})

const restartPolicyMode = named('container.RestartPolicyMode', str)

const isNamed = (names: string[]): Method =>
  method(bool, (policy: { Name?: string }) => names.includes(policy.Name ?? ''))

const restartPolicy = struct(
  'container.RestartPolicy',
  {
    Name: restartPolicyMode,
    MaximumRetryCount: int,
  },
  {},
  {
    IsNone: isNamed(['no', '']),
    IsAlways: isNamed(['always']),
    IsOnFailure: isNamed(['on-failure']),
    IsUnlessStopped: isNamed(['unless-stopped']),
  },
)

/** Go's container.HostConfig. */
export const hostConfig = struct('container.HostConfig', {
  Binds: slice(str),
  ContainerIDFile: str,
  LogConfig: logConfig,
  NetworkMode: networkMode,
  PortBindings: map(port, slice(portBinding)),
  RestartPolicy: restartPolicy,
  AutoRemove: bool,
  VolumeDriver: str,
  VolumesFrom: slice(str),
  ConsoleSize: array(2, uint),
  Annotations: field(map(str, str), ',omitempty'),
  CapAdd: slice(str),
  CapDrop: slice(str),
  CgroupnsMode: cgroupnsMode,
  DNS: field(slice(addr), 'Dns'),
  DNSOptions: field(slice(str), 'DnsOptions'),
  DNSSearch: field(slice(str), 'DnsSearch'),
  ExtraHosts: slice(str),
  GroupAdd: slice(str),
  IpcMode: ipcMode,
  Cgroup: cgroupSpec,
  Links: slice(str),
  OomScoreAdj: int,
  PidMode: pidMode,
  Privileged: bool,
  PublishAllPorts: bool,
  ReadonlyRootfs: bool,
  SecurityOpt: slice(str),
  StorageOpt: field(map(str, str), ',omitempty'),
  Tmpfs: field(map(str, str), ',omitempty'),
  UTSMode: utsMode,
  UsernsMode: usernsMode,
  ShmSize: int64,
  Sysctls: field(map(str, str), ',omitempty'),
  Runtime: field(str, ',omitempty'),
  Isolation: isolation,
  Resources: embed(resources),
  Mounts: field(slice(mount), ',omitempty'),
  MaskedPaths: slice(str),
  ReadonlyPaths: slice(str),
  Init: field(ptr(bool), ',omitempty'),
})
