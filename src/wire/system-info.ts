import { any, array, bool, embed, field, int, int64, map, named, ptr, slice, str, struct } from '../go/types.ts'
import { prefix } from './net.ts'
import { swarmInfo } from './swarm-info.ts'
import { genericResource } from './swarm-task-spec.ts'

const pairs = slice(array(2, str))
const texts = slice(str)

const indexInfo = struct('registry.IndexInfo', { Name: str, Mirrors: texts, Secure: bool, Official: bool })

const serviceConfig = struct('registry.ServiceConfig', {
  InsecureRegistryCIDRs: slice(prefix),
  IndexConfigs: map(str, ptr(indexInfo)),
  Mirrors: texts,
})

const runtime = struct('system.Runtime', {
  Path: field(str, 'path,omitempty'),
  Args: field(texts, 'runtimeArgs,omitempty'),
  Type: field(str, 'runtimeType,omitempty'),
  Options: field(map(str, any), 'options,omitempty'),
})

const runtimeWithStatus = struct('system.RuntimeWithStatus', {
  Runtime: embed(runtime),
  Status: field(map(str, str), 'status,omitempty'),
})

const commit = struct('system.Commit', { ID: str })

const firewallInfo = struct('system.FirewallInfo', { Driver: str, Info: field(pairs, ',omitempty') })

const containerdInfo = struct('system.ContainerdInfo', {
  Address: field(str, ',omitempty'),
  Namespaces: struct('system.ContainerdNamespaces', { Containers: str, Plugins: str }),
})

/** Go's system.Info. */
export const systemInfo = struct('system.Info', {
  ID: str,
  Containers: int,
  ContainersRunning: int,
  ContainersPaused: int,
  ContainersStopped: int,
  Images: int,
  Driver: str,
  DriverStatus: pairs,
  SystemStatus: field(pairs, ',omitempty'),
  Plugins: struct('system.PluginsInfo', { Volume: texts, Network: texts, Authorization: texts, Log: texts }),
  MemoryLimit: bool,
  SwapLimit: bool,
  CPUCfsPeriod: field(bool, 'CpuCfsPeriod'),
  CPUCfsQuota: field(bool, 'CpuCfsQuota'),
  CPUShares: bool,
  CPUSet: bool,
  PidsLimit: bool,
  IPv4Forwarding: bool,
  Debug: bool,
  NFd: int,
  OomKillDisable: bool,
  NGoroutines: int,
  SystemTime: str,
  LoggingDriver: str,
  CgroupDriver: str,
  CgroupVersion: field(str, ',omitempty'),
  NEventsListener: int,
  KernelVersion: str,
  OperatingSystem: str,
  OSVersion: str,
  OSType: str,
  Architecture: str,
  IndexServerAddress: str,
  RegistryConfig: ptr(serviceConfig),
  NCPU: int,
  MemTotal: int64,
  GenericResources: slice(genericResource),
  DockerRootDir: str,
  HTTPProxy: field(str, 'HttpProxy'),
  HTTPSProxy: field(str, 'HttpsProxy'),
  NoProxy: str,
  Name: str,
  Labels: texts,
  ExperimentalBuild: bool,
  ServerVersion: str,
  Runtimes: map(str, runtimeWithStatus),
  DefaultRuntime: str,
  Swarm: swarmInfo,
  LiveRestoreEnabled: bool,
  Isolation: named('container.Isolation', str),
  InitBinary: str,
  ContainerdCommit: commit,
  RuncCommit: commit,
  InitCommit: commit,
  SecurityOptions: texts,
  ProductLicense: field(str, ',omitempty'),
  DefaultAddressPools: field(slice(struct('system.NetworkAddressPool', { Base: prefix, Size: int })), ',omitempty'),
  FirewallBackend: field(ptr(firewallInfo), ',omitempty'),
  CDISpecDirs: texts,
  DiscoveredDevices: field(slice(struct('system.DeviceInfo', { Source: str, ID: str })), ',omitempty'),
  NRI: field(ptr(struct('system.NRIInfo', { Info: field(pairs, ',omitempty') })), ',omitempty'),
  Containerd: field(ptr(containerdInfo), ',omitempty'),
  Warnings: texts,
})
