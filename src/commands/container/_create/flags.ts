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
import { parseUlimit, type Ulimit } from '../../../parse/ulimit.ts'
import { cpusFlag, resourceFlags } from '../_resource-flags.ts'

const windowsOnly = { ostype: 'windows' }

const processFlags = {
  annotation: map('Annotation for the container, handed on to its runtime', (text) => text, { since: '1.43' }),
  attach: list('Attach to stdin, stdout or stderr', { short: 'a', read: parseStream }),
  cidfile: string("File to write the container's ID to"),
  entrypoint: string("Program to run instead of the image's entrypoint"),
  env: list('Environment variable, NAME or NAME=VALUE', {
    short: 'e',
    complete: 'env-names',
    read: (text) => parseEnv(text, () => undefined),
  }),
  envFile: list('File of environment variables'),
  groupAdd: list('Additional group to join'),
  hostname: string('Host name of the container', { short: 'h' }),
  domainname: string('NIS domain name of the container'),
  init: bool('Run an init process that forwards signals and reaps processes', { since: '1.25' }),
  interactive: bool('Keep stdin open even if not attached', { short: 'i' }),
  label: list('Label, KEY or KEY=VALUE', { short: 'l', read: parseLabel }),
  labelFile: list('File of labels'),
  restart: string('What to do when the container ends', { shownDefault: 'no', complete: 'restart-policies' }),
  rm: bool('Remove the container and its anonymous volumes when it ends'),
  runtime: string('Runtime to run the container with'),
  stopSignal: string('Signal that stops the container', { complete: 'signals' }),
  stopTimeout: int('Seconds to wait for the container to stop before it is killed', { since: '1.25' }),
  sysctl: map('Kernel parameter of the container, KEY=VALUE', parseSysctl),
  tty: bool('Give the container a terminal', { short: 't' }),
  ulimit: value('ulimit', 'Resource limit, NAME=SOFT[:HARD]', addUlimit, { shownDefault: '[]' }),
  user: string('User to run as, NAME or ID, with :GROUP', { short: 'u' }),
  workdir: string('Working directory in the container', { short: 'w' }),
} as const

const isolationFlags = {
  capAdd: list('Linux capability to add', { complete: 'capabilities' }),
  capDrop: list('Linux capability to drop', { complete: 'capabilities' }),
  cgroupParent: string('Control group to put the container in'),
  cgroupns: string("Control group namespace: host, private, or the daemon's choice", { since: '1.41' }),
  ipc: string('IPC namespace'),
  isolation: string('Isolation technology'),
  pid: string('PID namespace'),
  privileged: bool('Give the container all rights on the host'),
  readOnly: bool("Make the container's root file system read-only"),
  securityOpt: list('Security option'),
  userns: string('User namespace'),
  uts: string('UTS namespace'),
} as const

const networkFlags = {
  addHost: list('Extra line for /etc/hosts, HOST:IP', { read: parseExtraHost }),
  dns: list('DNS server', { read: parseIpFlag }),
  dnsOpt: list('DNS option', { hidden: true, sameAs: 'dnsOption' }),
  dnsOption: list('DNS option'),
  dnsSearch: list('DNS search domain', { read: parseDnsSearch }),
  expose: list('Port or range of ports to expose'),
  ip: value('ip', 'IPv4 address on the network', parseAddress),
  ip6: value('ip', 'IPv6 address on the network', parseAddress),
  link: list('Link to another container', { read: parseLink, complete: 'container-running' }),
  linkLocalIp: list('Link-local address'),
  macAddress: string('MAC address'),
  net: list('Network to connect to', { type: 'network', hidden: true, sameAs: 'network', read: parseNetwork }),
  network: list('Network to connect to', { type: 'network', read: parseNetwork, complete: 'networks' }),
  netAlias: list('Name on the network', { hidden: true, sameAs: 'networkAlias' }),
  networkAlias: list('Name on the network'),
  publish: list('Port to publish on the host, [[IP:]HOST:]CONTAINER[/PROTOCOL]', { short: 'p' }),
  publishAll: bool('Publish all exposed ports on ports that the engine chooses', { short: 'P' }),
} as const

const storageFlags = {
  logDriver: string('Logging driver'),
  logOpt: list('Option of the logging driver'),
  mount: list('File system to mount, TYPE and options by comma', { type: 'mount', read: parseMount }),
  shmSize: bytes('Size of /dev/shm'),
  storageOpt: list('Option of the storage driver'),
  tmpfs: list('Directory to mount a tmpfs on'),
  volume: list('Volume or path to mount, [SOURCE:]TARGET[:OPTIONS]', { short: 'v', complete: 'volumes' }),
  volumeDriver: string('Driver for the volumes that are made'),
  volumesFrom: list('Container whose volumes to mount', { complete: 'container-all' }),
} as const

const healthFlags = {
  healthCmd: string('Command that tells whether the container is healthy'),
  healthInterval: duration('Time between two checks (default 0s)'),
  healthRetries: int('Failures in a row before the container counts as unhealthy'),
  healthStartInterval: duration('Time between two checks in the start period (default 0s)', { since: '1.44' }),
  healthStartPeriod: duration('Time to start in, before failures count (default 0s)', { since: '1.29' }),
  healthTimeout: duration('Longest time for one check (default 0s)'),
  noHealthcheck: bool("Turn the image's health check off"),
} as const

const limitFlags = {
  ...resourceFlags,
  blkioWeightDevice: list('Relative block IO weight for a device, DEVICE:WEIGHT', {
    read: parseWeightDevice,
    shownDefault: '[]',
  }),
  cpuCount: int64('Number of CPUs (Windows)', windowsOnly),
  cpuPercent: int64('Percentage of the CPUs (Windows)', windowsOnly),
  cpus: cpusFlag('1.25'),
  device: list('Device of the host to add, HOST[:CONTAINER[:PERMISSIONS]]'),
  deviceCgroupRule: list('Rule for the devices that the control group allows', { read: parseDeviceCgroupRule }),
  deviceReadBps: list('Most bytes a second to read from a device', { read: parseThrottleBytes, shownDefault: '[]' }),
  deviceReadIops: list('Most reads a second from a device', { read: parseThrottleOperations, shownDefault: '[]' }),
  deviceWriteBps: list('Most bytes a second to write to a device', { read: parseThrottleBytes, shownDefault: '[]' }),
  deviceWriteIops: list('Most writes a second to a device', { read: parseThrottleOperations, shownDefault: '[]' }),
  gpus: list('GPUs to add; `all` for all of them', { type: 'gpu-request', read: parseGpus, since: '1.40' }),
  ioMaxbandwidth: bytes('Most IO bandwidth of the system drive (Windows)', windowsOnly),
  ioMaxiops: uint64('Most IO operations a second of the system drive (Windows)', windowsOnly),
  memorySwappiness: int64('How readily to swap, from 0 to 100', { shownDefault: '-1' }),
  oomKillDisable: bool('Never kill the container for lack of memory'),
  oomScoreAdj: int('How likely to be killed for lack of memory, from -1000 to 1000'),
  pidsLimit: int64('Most processes; -1 for no limit'),
} as const

/** What makes a container what it is: the flags of create and run that go into the request (docker/cli container/opts.go). */
export const configFlags = {
  ...processFlags,
  ...isolationFlags,
  ...networkFlags,
  ...storageFlags,
  ...healthFlags,
  ...limitFlags,
} as const

/** How the container is made: the flags of create and run beside its configuration (docker/cli container/create.go). */
export const makingFlags = {
  name: string("The container's name"),
  pull: string('When to pull the image: always, missing or never', {
    shownDefault: 'missing',
    complete: 'pull-policies',
  }),
  quiet: bool('Leave out what the pull has to say', { short: 'q' }),
  useApiSocket: bool("Give the container the engine's socket and the registries' credentials"),
  platform: string('Platform of the image, where the engine has several', { since: '1.32', complete: 'platforms' }),
  disableContentTrust: bool('Skip image verification', {
    hidden: true,
    deprecated: 'support for docker content trust was removed',
  }),
} as const

/** The options that go into the request. */
export type ConfigOptions = Options<typeof configFlags>

/** The options that say how the container is made. */
export type MakingOptions = Options<typeof makingFlags>

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

function addUlimit(text: string, before: Ulimit[] = []): Ulimit[] {
  const limit = parseUlimit(text)
  return [...before.filter(({ Name }) => Name !== limit.Name), limit]
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
