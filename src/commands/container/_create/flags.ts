import { bool, bytes, duration, int, int64, list, type Options, string, uint64, value } from '../../../cli/flags.ts'
import { cut } from '../../../parse/cut.ts'
import {
  parseDeviceCgroupRule,
  parseThrottleBytes,
  parseThrottleOperations,
  parseWeightDevice,
} from '../../../parse/device.ts'
import { parseDnsSearch } from '../../../parse/dns.ts'
import { parseGpus } from '../../../parse/gpus.ts'
import { parseExtraHost } from '../../../parse/hosts.ts'
import { canonicalIp, parseIpFlag } from '../../../parse/ip.ts'
import { parseEnv, parseLabel } from '../../../parse/key-value.ts'
import { parseLink } from '../../../parse/link.ts'
import { parseMount } from '../../../parse/mount.ts'
import { parseNetwork } from '../../../parse/network.ts'
import { quote } from '../../../go/quote.ts'
import { trimSpace } from '../../../parse/space.ts'
import { parseSysctl } from '../../../parse/sysctl.ts'
import { addUlimit } from '../../../parse/ulimit.ts'
import { cpusFlag, resourceFlags } from '../_resource-flags.ts'

const windowsOnly = { ostype: 'windows' }

const processFlags = {
  annotation: map('Annotation passed to the OCI runtime, KEY=VALUE', (text) => text, { since: '1.43' }),
  attach: list('Standard stream to attach: stdin, stdout or stderr', {
    short: 'a',
    read: parseStream,
    complete: 'streams',
  }),
  cidfile: string('File to write the container ID to', { complete: 'files' }),
  entrypoint: string("Entrypoint to use instead of the image's"),
  env: list('Environment variable, NAME or NAME=VALUE', {
    short: 'e',
    complete: 'env-names',
    read: (text) => parseEnv(text, () => undefined),
  }),
  envFile: list('File to read environment variables from', { complete: 'files' }),
  groupAdd: list('Supplementary group to join'),
  hostname: string('Host name of the container', { short: 'h' }),
  domainname: string('NIS domain name of the container'),
  init: bool('Run an init process as PID 1 to forward signals and reap zombies', { since: '1.25' }),
  interactive: bool('Keep standard input open, attached or not', { short: 'i' }),
  label: list('Metadata label, KEY or KEY=VALUE', { short: 'l', read: parseLabel }),
  labelFile: list('File to read labels from', { complete: 'files' }),
  restart: string('Restart policy: "no", "on-failure[:MAX]", "always" or "unless-stopped"', {
    shownDefault: 'no',
    complete: 'restart-policies',
  }),
  rm: bool('Remove the container on exit, with its anonymous volumes'),
  runtime: string('OCI runtime to run the container with'),
  stopSignal: string('Signal sent to stop the container', { complete: 'signals' }),
  stopTimeout: int('Stop timeout in seconds, after which the container is killed', { since: '1.25' }),
  sysctl: map('Namespaced kernel parameter (sysctl), KEY=VALUE', parseSysctl),
  tty: bool('Allocate a pseudo-TTY for the container', { short: 't' }),
  ulimit: value('ulimit', 'Ulimit, NAME=SOFT[:HARD]', addUlimit, { shownDefault: '[]', complete: 'ulimits' }),
  user: string('User to run as, NAME|UID[:GROUP|GID]', { short: 'u' }),
  workdir: string('Working directory in the container', { short: 'w' }),
} as const

const isolationFlags = {
  capAdd: list('Linux capability to add', { complete: 'capabilities' }),
  capDrop: list('Linux capability to drop', { complete: 'capabilities' }),
  cgroupParent: string('Parent cgroup of the container'),
  cgroupns: string('Cgroup namespace: "host" or "private" (the daemon\'s default when unset)', {
    since: '1.41',
    complete: 'cgroup-namespaces',
  }),
  ipc: string('IPC namespace: "private", "shareable", "host", "none" or "container:NAME"', { complete: 'ipc-modes' }),
  isolation: string('Isolation technology (Windows: "process" or "hyperv")'),
  pid: string('PID namespace: "host" or "container:NAME"', { complete: 'pid-modes' }),
  privileged: bool('Run with extended privileges: all capabilities and host devices'),
  readOnly: bool('Mount the root file system read-only'),
  securityOpt: list('Security option, such as "no-new-privileges"', { complete: 'security-options' }),
  userns: string('User namespace: "host" turns off remapping', { complete: 'host-namespace' }),
  uts: string('UTS namespace: "host" shares the host\'s', { complete: 'host-namespace' }),
} as const

const networkFlags = {
  addHost: list('Host-to-IP mapping for /etc/hosts, HOST:IP', { read: parseExtraHost }),
  dns: list('DNS server', { read: parseIpFlag }),
  dnsOpt: list('DNS resolver option', { hidden: true, sameAs: 'dnsOption' }),
  dnsOption: list('DNS resolver option'),
  dnsSearch: list('DNS search domain', { read: parseDnsSearch }),
  expose: list('Port or port range to expose'),
  ip: value('ip', 'Static IPv4 address on the network', parseAddress),
  ip6: value('ip', 'Static IPv6 address on the network', parseAddress),
  link: list('Legacy link to another container, NAME[:ALIAS]', { read: parseLink, complete: 'container-links' }),
  linkLocalIp: list('Link-local address of the container'),
  macAddress: string('MAC address of the container'),
  net: list('Network to connect the container to', {
    type: 'network',
    hidden: true,
    sameAs: 'network',
    read: parseNetwork,
    complete: 'network-modes',
  }),
  network: list('Network to connect the container to', {
    type: 'network',
    read: parseNetwork,
    complete: 'network-modes',
  }),
  netAlias: list('Alias of the container on the network', { hidden: true, sameAs: 'networkAlias' }),
  networkAlias: list('Alias of the container on the network'),
  publish: list('Publish a port on the host, [[IP:]HOST:]CONTAINER[/PROTOCOL]', { short: 'p' }),
  publishAll: bool('Publish every exposed port on an ephemeral host port', { short: 'P' }),
} as const

const storageFlags = {
  logDriver: string('Log driver of the container', { complete: 'log-drivers' }),
  logOpt: list('Log driver option, KEY=VALUE', { complete: 'log-options' }),
  mount: list('Bind mount, volume or tmpfs mount, type=TYPE,source=SOURCE,target=TARGET', {
    type: 'mount',
    read: parseMount,
    complete: 'mounts',
  }),
  shmSize: bytes('Shared memory size (/dev/shm)'),
  storageOpt: list('Storage driver option, KEY=VALUE', { complete: 'storage-options' }),
  tmpfs: list('Directory to mount a tmpfs on, PATH[:OPTIONS]'),
  volume: list('Volume or bind mount, [SOURCE:]TARGET[:OPTIONS]', { short: 'v', complete: 'volume-mounts' }),
  volumeDriver: string('Volume driver for volumes created with the container', { complete: 'volume-drivers' }),
  volumesFrom: list('Container to take volume mounts from', { complete: 'container-all' }),
} as const

const healthFlags = {
  healthCmd: string('Health check command'),
  healthInterval: duration('Health check interval (default 0s)'),
  healthRetries: int('Consecutive health check failures before the container is unhealthy'),
  healthStartInterval: duration('Health check interval during the start period (default 0s)', { since: '1.44' }),
  healthStartPeriod: duration('Start period in which failed health checks do not count (default 0s)', {
    since: '1.29',
  }),
  healthTimeout: duration('Health check timeout (default 0s)'),
  noHealthcheck: bool("Disable the image's health check"),
} as const

const limitFlags = {
  ...resourceFlags,
  blkioWeightDevice: list('Block IO weight of a device, DEVICE:WEIGHT', {
    read: parseWeightDevice,
    shownDefault: '[]',
  }),
  cpuCount: int64('Number of CPUs (Windows only)', windowsOnly),
  cpuPercent: int64('CPU limit in percent (Windows only)', windowsOnly),
  cpus: cpusFlag('1.25'),
  device: list('Host device to add, HOST[:CONTAINER[:PERMISSIONS]]'),
  deviceCgroupRule: list('Device cgroup rule, such as "c 13:* rwm"', { read: parseDeviceCgroupRule }),
  deviceReadBps: list('Read rate limit of a device in bytes per second, DEVICE:RATE', {
    read: parseThrottleBytes,
    shownDefault: '[]',
  }),
  deviceReadIops: list('Read rate limit of a device in IO operations per second, DEVICE:RATE', {
    read: parseThrottleOperations,
    shownDefault: '[]',
  }),
  deviceWriteBps: list('Write rate limit of a device in bytes per second, DEVICE:RATE', {
    read: parseThrottleBytes,
    shownDefault: '[]',
  }),
  deviceWriteIops: list('Write rate limit of a device in IO operations per second, DEVICE:RATE', {
    read: parseThrottleOperations,
    shownDefault: '[]',
  }),
  gpus: list('GPUs to add: a number, "all" or device options', { type: 'gpu-request', read: parseGpus, since: '1.40' }),
  ioMaxbandwidth: bytes('IO bandwidth limit of the system drive (Windows only)', windowsOnly),
  ioMaxiops: uint64('IOPS limit of the system drive (Windows only)', windowsOnly),
  memorySwappiness: int64('Memory swappiness, 0 to 100', { shownDefault: '-1' }),
  oomKillDisable: bool('Exempt the container from the OOM killer'),
  oomScoreAdj: int('OOM score adjustment, -1000 to 1000'),
  pidsLimit: int64('Limit of processes (PIDs); -1 for unlimited'),
} as const

/** The flags of create and run that go into the request (docker/cli container/opts.go). */
export const configFlags = {
  ...processFlags,
  ...isolationFlags,
  ...networkFlags,
  ...storageFlags,
  ...healthFlags,
  ...limitFlags,
} as const

/** The flags of create and run that control how the container is created (docker/cli container/create.go). */
export const createFlags = {
  name: string('Name of the container'),
  pull: string('Pull policy: "always", "missing" or "never"', {
    shownDefault: 'missing',
    complete: 'pull-policies',
  }),
  quiet: bool('Hide the pull progress', { short: 'q' }),
  useApiSocket: bool('Bind mount the API socket and pass registry credentials'),
  platform: string('Platform of the image, os[/arch[/variant]]', { since: '1.32', complete: 'platforms' }),
  disableContentTrust: bool('Skip image verification', {
    hidden: true,
    deprecated: 'support for docker content trust was removed',
  }),
} as const

/** The options that go into the request. */
export type ConfigOptions = Options<typeof configFlags>

/** The options that say how the container is made. */
export type CreateOptions = Options<typeof createFlags>

type Extra = NonNullable<Parameters<typeof bool>[1]>

/** `KEY=VALUE` any number of times; the last of a key counts. */
function map(summary: string, check: (text: string) => string, extra: Extra = {}) {
  return value<Record<string, string>>(
    'map',
    summary,
    (text, before = {}) => {
      const { before: key, after } = cut(check(text), '=')
      return Object.fromEntries([...Object.entries(before), [key, after]])
    },
    { shownDefault: 'map[]', ...extra },
  )
}

function parseStream(text: string): string {
  const stream = text.toLowerCase()
  if (['stdin', 'stdout', 'stderr'].includes(stream)) return stream
  throw new Error('valid streams are STDIN, STDOUT and STDERR')
}

/** An empty address leaves things as they are (spf13/pflag ip.go). */
function parseAddress(text: string, before: string | undefined): string {
  if (text === '') return before ?? ''
  const address = canonicalIp(trimSpace(text))
  if (address === undefined) throw new Error(`failed to parse IP: ${quote(text)}`)
  return address
}
