import { compareStrings } from '../go/strings.ts'
import { base64Url } from '../go/base64.ts'
import { toJson } from '../go/json-data.ts'
import type { Sendable } from './sendable.ts'
import { flag, type Query } from './path.ts'
import type { CallOptions } from './requester.ts'
import type { Ulimit } from './types/host-config.ts'
import type { AuthConfig } from './types/system.ts'

/** What `POST /build` is asked for; what is not set is the daemon's to decide. */
export interface ImageBuildOptions extends CallOptions {
  /** The Dockerfile's path in the context, `Dockerfile` unless said otherwise. */
  dockerfile?: string | undefined
  /** References that the image gets, `name[:tag]` each. */
  tags?: readonly string[] | undefined
  /** Null for an argument that only the Dockerfile gives a value. */
  buildArgs?: Readonly<Record<string, string | null>> | undefined
  /** The image's labels, over those of the Dockerfile. */
  labels?: Readonly<Record<string, string>> | undefined
  /** Images whose layers the builder may take in place of running steps. */
  cacheFrom?: readonly string[] | undefined
  /** The stage to build. */
  target?: string | undefined
  /** In its normal form: `linux/arm64`. */
  platform?: string | undefined
  /** Answers with the image's ID only. */
  quiet?: boolean | undefined
  /** Runs every step again. */
  noCache?: boolean | undefined
  /** Asks registries for newer base images. */
  pull?: boolean | undefined
  /** Makes one layer of the build's own; daemons with experimental features. */
  squash?: boolean | undefined
  /** False keeps the intermediate containers of a build that succeeds. */
  rm?: boolean | undefined
  /** Removes those of a build that fails, too. */
  forceRm?: boolean | undefined
  /** The network of the steps: `host`, `none`, a network's name. */
  networkMode?: string | undefined
  /** `name:address` each. */
  extraHosts?: readonly string[] | undefined
  /** Security options of the steps, as `--security-opt` has them; Windows only. */
  securityOpt?: readonly string[] | undefined
  /** Resource limits of the steps. */
  ulimits?: readonly Sendable<Ulimit>[] | undefined
  /** `process` or `hyperv`; Windows only. */
  isolation?: string | undefined
  /** The cgroup that those of the steps are made in. */
  cgroupParent?: string | undefined
  /** Processors that the steps may use: `0-3`, `0,1`. */
  cpusetCpus?: string | undefined
  /** Memory nodes that the steps may use: `0-3`, `0,1`. */
  cpusetMems?: string | undefined
  /** Relative weight among others; 1024 is the usual one. */
  cpuShares?: number | bigint | undefined
  /** Microseconds of processor time within each period. */
  cpuQuota?: number | bigint | undefined
  /** The length of a period in microseconds. */
  cpuPeriod?: number | bigint | undefined
  /** Bytes. */
  memory?: number | bigint | undefined
  /** Bytes of memory and swap together; -1 for no limit. */
  memorySwap?: number | bigint | undefined
  /** Bytes. */
  shmSize?: number | bigint | undefined
  /** Credentials by registry, for the images that the build pulls. */
  auths?: Readonly<Record<string, AuthConfig>> | undefined
  /** `1` for the classic builder. */
  version?: string | undefined
}

/** The query of a build: only what differs from the daemon's defaults (moby client/image_build.go). */
export function buildQuery(options: ImageBuildOptions): Query {
  return {
    t: texts(options.tags),
    securityopt: texts(options.securityOpt),
    extrahosts: texts(options.extraHosts),
    q: flag(options.quiet),
    nocache: flag(options.noCache),
    rm: options.rm === false ? '0' : undefined,
    forcerm: flag(options.forceRm),
    pull: flag(options.pull),
    squash: flag(options.squash),
    isolation: options.isolation?.toLowerCase() === 'default' ? undefined : text(options.isolation),
    networkmode: options.networkMode === 'default' ? undefined : text(options.networkMode),
    cpusetcpus: text(options.cpusetCpus),
    cpusetmems: text(options.cpusetMems),
    cpushares: amount(options.cpuShares),
    cpuquota: amount(options.cpuQuota),
    cpuperiod: amount(options.cpuPeriod),
    memory: amount(options.memory),
    memswap: amount(options.memorySwap),
    cgroupparent: text(options.cgroupParent),
    shmsize: amount(options.shmSize),
    dockerfile: text(options.dockerfile),
    target: text(options.target),
    ulimits: json(options.ulimits),
    buildargs: map(options.buildArgs),
    labels: map(options.labels),
    cachefrom: json(options.cacheFrom),
    platform: text(options.platform),
    version: text(options.version),
  }
}

/** The value of X-Registry-Config: credentials by registry, their JSON in URL-safe base64. */
export function encodeRegistryConfig(auths: ImageBuildOptions['auths'] = {}): string {
  return base64Url(marshalMap(auths))
}

function texts(list: readonly string[] | undefined): readonly string[] | undefined {
  return list?.length === 0 ? undefined : list
}

function json(list: readonly unknown[] | undefined): string | undefined {
  return list === undefined || list.length === 0 ? undefined : toJson(list)
}

function text(value: string | undefined): string | undefined {
  return value || undefined
}

function amount(value: number | bigint | undefined): string | undefined {
  return value === undefined || Number(value) === 0 ? undefined : String(value)
}

function map(values: Readonly<Record<string, unknown>> | undefined): string | undefined {
  return values === undefined || Object.keys(values).length === 0 ? undefined : marshalMap(values)
}

/** A map's JSON with its keys in the order of their bytes, as Go writes it. */
function marshalMap(values: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(values).toSorted(compareStrings)
  return `{${keys.map((key) => `${toJson(key)}:${toJson(values[key])}`).join(',')}}`
}
