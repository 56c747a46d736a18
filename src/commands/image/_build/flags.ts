import { bool, bytes, commaList, int64, list, type Options, string, swapBytes, value } from '../../../cli/flags.ts'
import { parseExtraHost } from '../../../parse/hosts.ts'
import { parseEnv, parseLabel } from '../../../parse/key-value.ts'
import { parseReference } from '../../../parse/reference.ts'
import { addUlimit } from '../../../parse/ulimit.ts'
import { contentTrust } from '../_content-trust.ts'

const imageFlags = {
  buildArg: list('Build-time variable, NAME or NAME=VALUE', {
    read: (text) => parseEnv(text, () => undefined),
    complete: 'env-names',
  }),
  cacheFrom: commaList('Image to use as a cache source', { complete: 'build-cache-sources' }),
  compress: bool('Compress the build context with gzip'),
  file: string('Name of the Dockerfile, "PATH/Dockerfile" unless given', { short: 'f', complete: 'files' }),
  iidfile: string('File to write the image ID to', { complete: 'files' }),
  label: list('Metadata label of the image, KEY or KEY=VALUE', { read: parseLabel }),
  platform: list('Platform to build for, os[/arch[/variant]]', {
    type: 'string',
    since: '1.38',
    complete: 'platforms',
  }),
  pull: bool('Pull a newer version of the base images if there is one'),
  quiet: bool('Print only the image ID, and the build output only if it fails', { short: 'q' }),
  squash: bool('Squash the new layers into one', { since: '1.25', experimental: true }),
  tag: list('Name of the image, NAME[:TAG]', { short: 't', read: checkTag }),
  target: string('Build stage to build'),
  disableContentTrust: contentTrust(),
} as const

const stepFlags = {
  addHost: list('Host-to-IP mapping for /etc/hosts during the build, HOST:IP', { read: parseExtraHost }),
  cgroupParent: string('Parent cgroup of the containers of RUN instructions'),
  cpuPeriod: int64('CPU CFS period in microseconds'),
  cpuQuota: int64('CPU CFS quota in microseconds per period'),
  cpuShares: int64('CPU shares, a relative CPU weight', { short: 'c' }),
  cpusetCpus: string('CPUs that RUN instructions may run on (0-3 or 0,1)'),
  cpusetMems: string('NUMA memory nodes that RUN instructions may use (0-3 or 0,1)'),
  forceRm: bool('Remove intermediate containers whether or not the build succeeds'),
  isolation: string('Isolation technology (Windows: "process" or "hyperv")'),
  memory: bytes('Memory limit, such as "512m"', { short: 'm' }),
  memorySwap: swapBytes('Limit of memory and swap together; -1 for unlimited swap'),
  network: string('Network of RUN instructions', { since: '1.25', shownDefault: 'default', complete: 'networks' }),
  noCache: bool('Build every step anew, without the cache'),
  rm: bool('Remove intermediate containers after a build that succeeds', { shownDefault: 'true' }),
  securityOpt: commaList('Security option', { complete: 'security-options' }),
  shmSize: bytes('Shared memory size (/dev/shm)'),
  ulimit: value('ulimit', 'Ulimit, NAME=SOFT[:HARD]', addUlimit, { shownDefault: '[]', complete: 'ulimits' }),
} as const

/** The flags that every builder takes (docker/cli image/build.go). */
export const buildFlags = { ...imageFlags, ...stepFlags } as const

export type BuildOptions = Options<typeof buildFlags>

function checkTag(text: string): string {
  parseReference(text)
  return text
}
