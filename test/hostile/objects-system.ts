// What a well-behaved engine says of itself, its networks and volumes and its swarm, with every field that a command looks into.

const image = `sha256:${'1'.repeat(64)}`
const meta = { Version: { Index: 10 }, CreatedAt: '2024-05-01T10:00:00Z', UpdatedAt: '2024-05-01T10:00:00Z' }

export const network = {
  Name: 'appnet',
  Id: 'a7b'.padEnd(64, '0'),
  Created: '2024-05-01T10:00:00Z',
  Scope: 'local',
  Driver: 'bridge',
  EnableIPv4: true,
  EnableIPv6: false,
  IPAM: { Driver: 'default', Options: null, Config: [{ Subnet: '172.20.0.0/16', Gateway: '172.20.0.1' }] },
  Internal: false,
  Attachable: false,
  Ingress: false,
  ConfigFrom: { Network: '' },
  ConfigOnly: false,
  Containers: { c1: { Name: 'web', EndpointID: 'e', MacAddress: '', IPv4Address: '172.20.0.2/16', IPv6Address: '' } },
  Options: {},
  Labels: { tier: 'front' },
}

export const volume = {
  CreatedAt: '2024-05-01T10:00:00Z',
  Driver: 'local',
  Labels: { purpose: 'web' },
  Mountpoint: '/v',
  Name: 'data',
  Options: null,
  Scope: 'local',
  UsageData: { Size: 1024, RefCount: 1 },
  ClusterVolume: {
    ID: 'cv1',
    ...meta,
    Spec: {
      Group: 'g',
      AccessMode: { Scope: 'single', Sharing: 'none', BlockVolume: {} },
      AccessibilityRequirements: {},
      CapacityRange: { RequiredBytes: 0, LimitBytes: 0 },
      Availability: 'active',
    },
    Info: { VolumeID: 'csi-1' },
  },
}

export const node = {
  ID: 'node1'.padEnd(25, '0'),
  ...meta,
  Spec: { Labels: { zone: 'a' }, Role: 'manager', Availability: 'active' },
  Description: {
    Hostname: 'manager1',
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: { NanoCPUs: 4e9, MemoryBytes: 8e9 },
    Engine: { EngineVersion: '29.0.0', Labels: { disk: 'ssd' }, Plugins: [{ Type: 'Network', Name: 'bridge' }] },
    TLSInfo: { TrustRoot: 'PEM', CertIssuerSubject: 'AA==', CertIssuerPublicKey: 'AA==' },
  },
  Status: { State: 'ready', Addr: '10.0.0.1' },
  ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '10.0.0.1:2377' },
}

const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }]

export const service = {
  ID: 'service1'.padEnd(25, '0'),
  ...meta,
  Spec: {
    Name: 'frontend',
    Labels: { 'com.docker.stack.namespace': 'st' },
    Mode: { Replicated: { Replicas: 3 } },
    TaskTemplate: { ContainerSpec: { Image: `nginx:1@${image}` }, Placement: { MaxReplicas: 2 } },
    EndpointSpec: { Mode: 'vip', Ports: ports },
  },
  Endpoint: { Spec: { Mode: 'vip' }, Ports: ports, VirtualIPs: [{ NetworkID: 'n', Addr: '10.0.0.5/16' }] },
  ServiceStatus: { RunningTasks: 2, DesiredTasks: 3, CompletedTasks: 0 },
}

export const task = {
  ID: 'task1'.padEnd(25, '0'),
  ...meta,
  Spec: { ContainerSpec: { Image: `nginx:1@${image}` } },
  ServiceID: service.ID,
  Slot: 1,
  NodeID: node.ID,
  DesiredState: 'running',
  Status: { Timestamp: '2024-05-01T10:00:00Z', State: 'running', Err: 'no luck', PortStatus: { Ports: ports } },
}

export const secret = {
  ID: 's1',
  ...meta,
  Spec: { Name: 'token', Labels: { a: 'b' }, Data: 'aGVsbG8=', Driver: { Name: 'vault' } },
}

export const version = {
  Platform: { Name: 'Docker Engine - Community' },
  Components: [
    { Name: 'Engine', Version: '29.0.0', Details: { ApiVersion: '1.52', Os: 'linux' } },
    { Name: 'runc', Version: '1.2', Details: { GitCommit: 'abc' } },
  ],
  Version: '29.0.0',
  ApiVersion: '1.52',
  MinAPIVersion: '1.24',
  GitCommit: 'abc',
  GoVersion: 'go1.24',
  Os: 'linux',
  Arch: 'amd64',
  KernelVersion: '6.1',
  BuildTime: '2024-05-01T10:00:00.000000000+00:00',
}

const cluster = {
  ID: 'k1',
  ...meta,
  Spec: {
    Name: 'default',
    Labels: {},
    Orchestration: { TaskHistoryRetentionLimit: 5 },
    Raft: {
      SnapshotInterval: 10000,
      KeepOldSnapshots: 0,
      LogEntriesForSlowFollowers: 500,
      ElectionTick: 10,
      HeartbeatTick: 1,
    },
    Dispatcher: { HeartbeatPeriod: 5e9 },
    CAConfig: {
      NodeCertExpiry: 7776e12,
      ExternalCAs: [{ Protocol: 'cfssl', URL: 'https://ca.example', Options: null }],
    },
    EncryptionConfig: { AutoLockManagers: false },
  },
  TLSInfo: {},
  RootRotationInProgress: false,
  DefaultAddrPool: ['10.0.0.0/8'],
  SubnetSize: 24,
  DataPathPort: 4789,
}

/** A swarm all of whose nodes have its certificate, and whose managers are locked. */
export const swarm = {
  ...cluster,
  Spec: { ...cluster.Spec, EncryptionConfig: { AutoLockManagers: true } },
  TLSInfo: node.Description.TLSInfo,
  JoinTokens: { Worker: 'SWMTKN-1-w', Manager: 'SWMTKN-1-m' },
}

export const info = {
  ID: 'i1',
  Containers: 3,
  ContainersRunning: 1,
  ContainersPaused: 1,
  ContainersStopped: 1,
  Images: 2,
  Driver: 'overlay2',
  DriverStatus: [['Backing Filesystem', 'extfs']],
  Plugins: { Volume: ['local'], Network: ['bridge'], Authorization: null, Log: ['json-file'] },
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  IPv4Forwarding: true,
  Debug: true,
  NFd: 30,
  OomKillDisable: false,
  NGoroutines: 40,
  SystemTime: '2024-05-01T10:00:00Z',
  LoggingDriver: 'json-file',
  CgroupDriver: 'systemd',
  CgroupVersion: '2',
  NEventsListener: 0,
  KernelVersion: '6.1',
  OperatingSystem: 'Linux',
  OSVersion: '12',
  OSType: 'linux',
  Architecture: 'x86_64',
  IndexServerAddress: 'https://index.docker.io/v1/',
  RegistryConfig: {
    InsecureRegistryCIDRs: ['127.0.0.0/8'],
    IndexConfigs: {
      'docker.io': { Name: 'docker.io', Mirrors: ['https://mirror.example/'], Secure: true, Official: true },
    },
    Mirrors: ['https://mirror.example/'],
  },
  NCPU: 4,
  MemTotal: 8e9,
  GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 2 } }],
  DockerRootDir: '/var/lib/docker',
  HttpProxy: '',
  HttpsProxy: '',
  NoProxy: '',
  Name: 'host1',
  Labels: ['a=b'],
  ExperimentalBuild: false,
  ServerVersion: '29.0.0',
  Runtimes: { runc: { path: 'runc', status: { features: '{}' } } },
  DefaultRuntime: 'runc',
  Swarm: {
    NodeID: node.ID,
    NodeAddr: '10.0.0.1',
    LocalNodeState: 'active',
    ControlAvailable: true,
    Error: '',
    RemoteManagers: [{ NodeID: node.ID, Addr: '10.0.0.1:2377' }],
    Nodes: 1,
    Managers: 1,
    Cluster: cluster,
  },
  LiveRestoreEnabled: false,
  Isolation: '',
  InitBinary: 'docker-init',
  ContainerdCommit: { ID: 'c' },
  RuncCommit: { ID: 'r' },
  InitCommit: { ID: 'i' },
  SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin'],
  DefaultAddressPools: [{ Base: '172.30.0.0/16', Size: 24 }],
  CDISpecDirs: ['/etc/cdi'],
  Warnings: ['WARNING: no swap limit support'],
}

const imageSummary = {
  Containers: 1,
  Created: 1714557600,
  Id: image,
  Labels: { tier: 'front' },
  ParentId: '',
  RepoDigests: [`busybox@${image}`],
  RepoTags: ['busybox:latest'],
  SharedSize: 0,
  Size: 4_000_000,
}

const buildRecord = {
  ID: 'b1',
  Parents: null,
  Type: 'regular',
  Description: 'mount',
  InUse: false,
  Shared: false,
  Size: 12,
  CreatedAt: '2024-05-01T10:00:00Z',
  LastUsedAt: '2024-05-01T10:00:00Z',
  UsageCount: 1,
}

export const images = [imageSummary]

/** Said both ways: as engines do now, and as older ones did. */
export const systemDf = {
  LayersSize: 4_000_000,
  Images: images,
  Containers: [
    {
      Id: 'c1',
      Names: ['/web'],
      Image: 'busybox',
      State: 'running',
      Status: 'Up',
      SizeRw: 12,
      Mounts: [],
      Labels: {},
      Created: 1714557600,
    },
  ],
  Volumes: [volume],
  BuildCache: [buildRecord],
  ImageUsage: { ActiveCount: 1, TotalCount: 1, Reclaimable: 0, TotalSize: 4_000_000, Items: images },
  ContainerUsage: { ActiveCount: 1, TotalCount: 1, Reclaimable: 0, TotalSize: 12, Items: [] },
  VolumeUsage: { ActiveCount: 1, TotalCount: 1, Reclaimable: 0, TotalSize: 1024, Items: [volume] },
  BuildCacheUsage: { ActiveCount: 0, TotalCount: 1, Reclaimable: 12, TotalSize: 12, Items: [buildRecord] },
}
