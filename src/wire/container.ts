import { time } from '../go/time.ts'
import { bool, field, int, int64, map, ptr, slice, str, struct } from '../go/types.ts'
import { containerState, healthStatus } from './container-state.ts'
import { endpointSettings, portBinding } from './endpoint.ts'
import { hostConfig } from './host-config.ts'
import { mountPoint } from './mount-point.ts'
import { port } from './net.ts'
import { descriptor } from './descriptor.ts'
import { healthcheckConfig } from './oci.ts'
import { driverData, storage } from './storage.ts'

const healthcheckResult = struct('container.HealthcheckResult', {
  Start: time,
  End: time,
  ExitCode: int,
  Output: str,
})

const health = struct('container.Health', {
  Status: healthStatus,
  FailingStreak: int,
  Log: slice(ptr(healthcheckResult)),
})

const containerRunState = struct('container.State', {
  Status: containerState,
  Running: bool,
  Paused: bool,
  Restarting: bool,
  OOMKilled: bool,
  Dead: bool,
  Pid: int,
  ExitCode: int,
  Error: str,
  StartedAt: str,
  FinishedAt: str,
  Health: field(ptr(health), ',omitempty'),
})

const config = struct('container.Config', {
  Hostname: str,
  Domainname: str,
  User: str,
  AttachStdin: bool,
  AttachStdout: bool,
  AttachStderr: bool,
  ExposedPorts: field(map(port, struct('struct {}', {})), ',omitempty'),
  Tty: bool,
  OpenStdin: bool,
  StdinOnce: bool,
  Env: slice(str),
  Cmd: slice(str),
  Healthcheck: field(ptr(healthcheckConfig), ',omitempty'),
  ArgsEscaped: field(bool, ',omitempty'),
  Image: str,
  Volumes: map(str, struct('struct {}', {})),
  WorkingDir: str,
  Entrypoint: slice(str),
  NetworkDisabled: field(bool, ',omitempty'),
  OnBuild: field(slice(str), ',omitempty'),
  Labels: map(str, str),
  StopSignal: field(str, ',omitempty'),
  StopTimeout: field(ptr(int), ',omitempty'),
  Shell: field(slice(str), ',omitempty'),
})

const networkSettings = struct('container.NetworkSettings', {
  SandboxID: str,
  SandboxKey: str,
  Ports: map(port, slice(portBinding)),
  Networks: map(str, ptr(endpointSettings)),
})

/** Go's container.InspectResponse. */
export const containerInspect = struct('container.InspectResponse', {
  ID: field(str, 'Id'),
  Created: str,
  Path: str,
  Args: slice(str),
  State: ptr(containerRunState),
  Image: str,
  ResolvConfPath: str,
  HostnamePath: str,
  HostsPath: str,
  LogPath: str,
  Name: str,
  RestartCount: int,
  Driver: str,
  Platform: str,
  MountLabel: str,
  ProcessLabel: str,
  AppArmorProfile: str,
  ExecIDs: slice(str),
  HostConfig: ptr(hostConfig),
  GraphDriver: field(ptr(driverData), ',omitempty'),
  Storage: field(ptr(storage), ',omitempty'),
  SizeRw: field(ptr(int64), ',omitempty'),
  SizeRootFs: field(ptr(int64), ',omitempty'),
  Mounts: slice(mountPoint),
  Config: ptr(config),
  NetworkSettings: ptr(networkSettings),
  ImageManifestDescriptor: field(ptr(descriptor), ',omitempty'),
})
