import type { SwarmCluster, SwarmInfo } from '../../engine/types/swarm-info.ts'
import type { RegistryServiceConfig, SystemInfo } from '../../engine/types/system.ts'
import { humanDuration, binarySize } from '../human.ts'
import type { ClientVersion } from './version.ts'

/** A plugin of this client, found or found wanting. */
export interface ClientPlugin {
  readonly Name: string
  readonly Path: string
  readonly Version?: string
  readonly Vendor?: string
  readonly ShortDescription?: string
  /** Why it cannot be used. */
  readonly Err?: string
}

export interface ClientInfo extends ClientVersion {
  readonly Debug: boolean
  readonly Plugins: readonly ClientPlugin[]
  readonly Warnings: readonly string[] | null
}

/** The lines of `info` about this client, and the warnings for stderr. */
export function clientText(client: ClientInfo): { lines: string[]; warnings: string[] } {
  const valid = client.Plugins.filter(({ Err }) => Err === undefined)
  const invalid = client.Plugins.filter(({ Err }) => Err !== undefined)
  const plugins = valid.flatMap((plugin) => [
    `  ${plugin.Name}: ${plugin.ShortDescription ?? ''} (${plugin.Vendor ?? ''})`,
    ...given('    Version: ', plugin.Version),
    ...given('    Path:    ', plugin.Path),
  ])
  return {
    lines: [
      client.Platform?.Name ? `Client: ${client.Platform.Name}` : 'Client:',
      ...given(' Version:   ', client.Version),
      ` Context:    ${client.Context}`,
      ` Debug Mode: ${client.Debug}`,
      ...(client.Plugins.length === 0 ? [] : [' Plugins:', ...plugins]),
    ],
    warnings: [
      ...(client.Warnings ?? []),
      ...invalid.map(({ Path, Err }) => `WARNING: Plugin ${JSON.stringify(Path)} is not valid: ${Err ?? ''}`),
    ],
  }
}

/** The lines of `info` about the daemon (docker/cli system prettyPrintServerInfo); `debug` when this client debugs. */
export function serverText(
  info: Partial<SystemInfo>,
  { debug, userName }: { debug: boolean; userName: string },
): string[] {
  return [
    ` Containers: ${info.Containers ?? 0}`,
    `  Running: ${info.ContainersRunning ?? 0}`,
    `  Paused: ${info.ContainersPaused ?? 0}`,
    `  Stopped: ${info.ContainersStopped ?? 0}`,
    ` Images: ${info.Images ?? 0}`,
    ...given(' Server Version:', info.ServerVersion),
    ...given(' Storage Driver:', info.Driver),
    ...pairs(info.DriverStatus, '  '),
    ...pairs(info.SystemStatus, ' '),
    ...given(' Logging Driver:', info.LoggingDriver),
    ...given(' Cgroup Driver:', info.CgroupDriver),
    ...given(' Cgroup Version:', info.CgroupVersion),
    ...pluginLines(info.Plugins ?? {}),
    ...listed(' CDI spec directories:', info.CDISpecDirs),
    ...listed(
      ' Discovered Devices:',
      info.DiscoveredDevices?.map(({ Source, ID }) => `${Source}: ${ID}`),
    ),
    ` Swarm: ${info.Swarm?.LocalNodeState ?? ''}`,
    ...swarmLines(info.Swarm ?? {}),
    ...runtimeLines(info),
    ...given(' Kernel Version:', info.KernelVersion),
    ...given(' Operating System:', info.OperatingSystem),
    ...given(' OSType:', info.OSType),
    ...given(' Architecture:', info.Architecture),
    ` CPUs: ${info.NCPU ?? 0}`,
    ` Total Memory: ${binarySize(info.MemTotal ?? 0)}`,
    ...given(' Name:', info.Name),
    ...given(' ID:', info.ID),
    ` Docker Root Dir: ${info.DockerRootDir ?? ''}`,
    ` Debug Mode: ${info.Debug === true}`,
    ...(info.Debug === true || debug ? debugLines(info) : []),
    ...given(' HTTP Proxy:', info.HttpProxy),
    ...given(' HTTPS Proxy:', info.HttpsProxy),
    ...given(' No Proxy:', info.NoProxy),
    ...given(' Username:', userName),
    ...listed(' Labels:', info.Labels),
    ` Experimental: ${info.ExperimentalBuild === true}`,
    ...registryLines(info.RegistryConfig ?? {}),
    ` Live Restore Enabled: ${info.LiveRestoreEnabled === true}`,
    ...given(' Product License:', info.ProductLicense),
    ...listed(
      ' Default Address Pools:',
      info.DefaultAddressPools?.map(({ Base, Size }) => ` Base: ${Base}, Size: ${Size}`),
    ),
    ...(info.FirewallBackend ? [` Firewall Backend: ${info.FirewallBackend.Driver}`] : []),
    ...pairs(info.FirewallBackend?.Info, '  '),
    ...(info.NRI ? [' NRI:', ...pairs(info.NRI.Info, '  ')] : []),
    '',
  ]
}

function given(label: string, value: string | undefined): string[] {
  return value ? [`${label} ${value}`] : []
}

function listed(title: string, values: readonly string[] | null | undefined): string[] {
  return values && values.length > 0 ? [title, ...values.map((value) => `  ${value}`)] : []
}

function pairs(list: [string, string][] | null | undefined, indent: string): string[] {
  return (list ?? []).map(([name, value]) => `${indent}${name}: ${value}`)
}

function pluginLines({ Volume, Network, Authorization, Log }: Partial<SystemInfo['Plugins']>): string[] {
  const joined = (names: string[] | null | undefined): string => (names ?? []).join(' ')
  return [
    ' Plugins:',
    `  Volume: ${joined(Volume)}`,
    `  Network: ${joined(Network)}`,
    ...given('  Authorization:', joined(Authorization)),
    `  Log: ${joined(Log)}`,
  ]
}

function runtimeLines(info: Partial<SystemInfo>): string[] {
  const names = Object.keys(info.Runtimes ?? {})
  const lines =
    names.length === 0 ? [] : [` Runtimes: ${names.join(' ')}`, ` Default Runtime: ${info.DefaultRuntime ?? ''}`]
  if (info.OSType === 'windows') return [...lines, ` Default Isolation: ${info.Isolation ?? ''}`]
  if (info.OSType !== 'linux') return lines
  return [
    ...lines,
    ` Init Binary: ${info.InitBinary ?? ''}`,
    ` containerd version: ${info.ContainerdCommit?.ID ?? ''}`,
    ` runc version: ${info.RuncCommit?.ID ?? ''}`,
    ` init version: ${info.InitCommit?.ID ?? ''}`,
    ...securityLines(info.SecurityOptions ?? []),
  ]
}

/** `name=seccomp,profile=builtin` in lines (moby client security.DecodeOptions). */
function securityLines(options: readonly string[]): string[] {
  const lines = options.flatMap((option) => {
    const fields = option.split(',').map((part) => part.split(/=(.*)/s, 2))
    const name = fields.findLast(([key]) => key === 'name')?.[1] ?? ''
    if (name === '') return []
    const profiles = fields.filter(([key]) => key === 'profile').map(([, value]) => `   Profile: ${value ?? ''}`)
    return [`  ${name}`, ...profiles]
  })
  return lines.length === 0 ? [] : [' Security Options:', ...lines]
}

function debugLines(info: Partial<SystemInfo>): string[] {
  return [
    `  File Descriptors: ${info.NFd ?? 0}`,
    `  Goroutines: ${info.NGoroutines ?? 0}`,
    `  System Time: ${info.SystemTime ?? ''}`,
    `  EventsListeners: ${info.NEventsListener ?? 0}`,
  ]
}

function registryLines({ InsecureRegistryCIDRs, IndexConfigs, Mirrors }: Partial<RegistryServiceConfig>) {
  const ranges = InsecureRegistryCIDRs ?? []
  const indexes = Object.values(IndexConfigs ?? {}).filter((index) => index !== null)
  const insecure = indexes.filter(({ Secure }) => !Secure).map(({ Name }) => Name)
  const hasAny = ranges.length > 0 || indexes.length > 0
  return [
    ...(hasAny ? [' Insecure Registries:', ...[...insecure, ...ranges].map((name) => `  ${name}`)] : []),
    ...listed(' Registry Mirrors:', Mirrors),
  ]
}

function swarmLines(swarm: Partial<SwarmInfo>): string[] {
  const { LocalNodeState: state, ControlAvailable: isManager = false, Error: error = '', Cluster: cluster } = swarm
  if (state === 'inactive' || state === 'locked') return []
  const addresses = (swarm.RemoteManagers ?? []).map(({ Addr }) => `   ${Addr}`).toSorted()
  return [
    `  NodeID: ${swarm.NodeID ?? ''}`,
    ...given('  Error:', error),
    `  Is Manager: ${isManager}`,
    ...(cluster && isManager && error === '' && state !== 'error' ? clusterLines(swarm, cluster) : []),
    `  Node Address: ${swarm.NodeAddr ?? ''}`,
    ...(addresses.length > 0 ? ['  Manager Addresses:', ...addresses] : []),
  ]
}

function clusterLines(swarm: Partial<SwarmInfo>, cluster: SwarmCluster): string[] {
  const { Orchestration, Raft, Dispatcher, CAConfig, EncryptionConfig } = cluster.Spec ?? {}
  const nanoseconds = (span = 0): string => humanDuration(span / 1e6)
  const pools = cluster.DefaultAddrPool
  const certificate = CAConfig?.SigningCACert?.trim() ?? ''
  const authorities = (CAConfig?.ExternalCAs ?? []).filter((authority) => authority !== null)
  return [
    `  ClusterID: ${cluster.ID ?? ''}`,
    `  Managers: ${swarm.Managers ?? 0}`,
    `  Nodes: ${swarm.Nodes ?? 0}`,
    ...(pools
      ? [
          `  Default Address Pool: ${pools.map((pool) => `${pool}  `).join('')}`,
          `  SubnetSize: ${cluster.SubnetSize ?? 0}`,
        ]
      : []),
    ...((cluster.DataPathPort ?? 0) > 0 ? [`  Data Path Port: ${cluster.DataPathPort}`] : []),
    '  Orchestration:',
    `   Task History Retention Limit: ${Orchestration?.TaskHistoryRetentionLimit ?? 0}`,
    '  Raft:',
    `   Snapshot Interval: ${Raft?.SnapshotInterval ?? 0}`,
    ...given('   Number of Old Snapshots to Retain:', Raft?.KeepOldSnapshots?.toString()),
    `   Heartbeat Tick: ${Raft?.HeartbeatTick ?? 0}`,
    `   Election Tick: ${Raft?.ElectionTick ?? 0}`,
    '  Dispatcher:',
    `   Heartbeat Period: ${nanoseconds(Dispatcher?.HeartbeatPeriod)}`,
    '  CA Configuration:',
    `   Expiry Duration: ${nanoseconds(CAConfig?.NodeCertExpiry)}`,
    `   Force Rotate: ${CAConfig?.ForceRotate ?? 0}`,
    ...(certificate === '' ? [] : [`   Signing CA Certificate: \n${certificate}\n`]),
    ...(authorities.length === 0 ? [] : ['   External CAs:']),
    ...authorities.map(({ Protocol, URL }) => `     ${Protocol}: ${URL}`),
    `  Autolock Managers: ${EncryptionConfig?.AutoLockManagers === true}`,
    `  Root Rotation In Progress: ${cluster.RootRotationInProgress === true}`,
  ]
}
