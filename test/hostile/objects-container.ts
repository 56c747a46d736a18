// What a well-behaved engine says of its containers and images, with every field that a command looks into.

const id = 'c0ffee'.padEnd(64, '0')
const image = `sha256:${'1'.repeat(64)}`

const endpoint = {
  IPAMConfig: null,
  Links: null,
  Aliases: ['web'],
  MacAddress: '02:42:ac:11:00:02',
  DriverOpts: null,
  NetworkID: 'n1',
  EndpointID: 'p1',
  Gateway: '172.17.0.1',
  IPAddress: '172.17.0.2',
  IPPrefixLen: 16,
}

const mount = {
  Type: 'volume',
  Name: 'data',
  Source: '/v',
  Destination: '/data',
  Driver: 'local',
  Mode: 'z',
  RW: true,
  Propagation: '',
}

export const containerSummary = {
  Id: id,
  Names: ['/web', '/other/alias'],
  Image: 'busybox:latest',
  ImageID: image,
  Command: 'sh -c top',
  Created: 1714557600,
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { PrivatePort: 53, Type: 'udp' },
  ],
  SizeRw: 12,
  SizeRootFs: 4_000_000,
  Labels: { tier: 'front' },
  State: 'running',
  Status: 'Up 2 hours',
  HostConfig: { NetworkMode: 'bridge', Annotations: { a: 'b' } },
  Health: { Status: 'healthy', FailingStreak: 0 },
  NetworkSettings: { Networks: { bridge: endpoint } },
  Mounts: [mount],
}

export const containerInspect = {
  Id: id,
  Created: '2024-05-01T10:00:00.123456789Z',
  Path: 'sh',
  Args: ['-c', 'top'],
  State: {
    Status: 'running',
    Running: true,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    Dead: false,
    Pid: 42,
    ExitCode: 0,
    Error: '',
    StartedAt: '2024-05-01T10:00:00.123456789Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: {
      Status: 'healthy',
      FailingStreak: 0,
      Log: [{ Start: '2024-05-01T10:00:00Z', End: '2024-05-01T10:00:01Z', ExitCode: 0, Output: 'ok' }],
    },
  },
  Image: image,
  Name: '/web',
  RestartCount: 0,
  Driver: 'overlay2',
  Platform: 'linux',
  ExecIDs: null,
  HostConfig: {
    Binds: null,
    NetworkMode: 'bridge',
    PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    AutoRemove: false,
    LogConfig: { Type: 'json-file', Config: {} },
    Memory: 0,
    NanoCpus: 0,
  },
  SizeRw: 12,
  SizeRootFs: 4_000_000,
  Mounts: [mount],
  Config: {
    Hostname: 'c0ffee000000',
    Tty: false,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Env: ['A=1'],
    Cmd: ['sh'],
    Image: 'busybox:latest',
    Labels: { tier: 'front' },
    ExposedPorts: { '80/tcp': {} },
  },
  NetworkSettings: {
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '53/udp': null },
    Networks: { bridge: endpoint },
  },
}

export const imageInspect = {
  Id: image,
  RepoTags: ['busybox:latest'],
  RepoDigests: [`busybox@${image}`],
  Created: '2024-05-01T10:00:00Z',
  Config: { Env: ['A=1'], Cmd: ['sh'], Labels: { tier: 'front' } },
  Architecture: 'amd64',
  Os: 'linux',
  Size: 4_000_000,
  GraphDriver: { Name: 'overlay2', Data: { MergedDir: '/m' } },
  RootFS: { Type: 'layers', Layers: [image] },
  Metadata: { LastTagTime: '2024-05-01T10:00:00Z' },
}

export const stats = {
  id,
  name: '/web',
  os_type: 'linux',
  read: '2024-05-01T10:00:01Z',
  preread: '2024-05-01T10:00:00Z',
  cpu_stats: { cpu_usage: { total_usage: 2e9, percpu_usage: [1e9, 1e9] }, system_cpu_usage: 8e9, online_cpus: 2 },
  precpu_stats: { cpu_usage: { total_usage: 1e9 }, system_cpu_usage: 4e9, online_cpus: 2 },
  memory_stats: { usage: 5e6, limit: 1e9, stats: { inactive_file: 1e6 } },
  networks: { eth0: { rx_bytes: 10, tx_bytes: 20 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'read', value: 4096 },
      { op: 'write', value: 8192 },
    ],
  },
  pids_stats: { current: 3 },
}

export const plugin = {
  Id: 'a1'.padEnd(64, '0'),
  Name: 'vieux/sshfs:latest',
  Enabled: false,
  PluginReference: 'docker.io/vieux/sshfs:latest',
  Settings: { Mounts: [], Env: [], Args: [], Devices: [] },
  Config: {
    Description: 'sshFS plugin',
    DockerVersion: '18',
    Documentation: '',
    Interface: { Types: ['docker.volumedriver/1.0'], Socket: 's.sock' },
  },
}
