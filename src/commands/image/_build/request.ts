import type { ImageBuildOptions } from '../../../engine/image-build.ts'
import { parseCsv } from '../../../go/csv.ts'
import { compareStrings } from '../../../go/strings.ts'
import { parseEnv, toMap, toNullableMap } from '../../../parse/key-value.ts'
import type { BuildOptions } from './flags.ts'

/** What a build's request is made from besides its flags. */
export interface BuildFacts {
  /** The Dockerfile's path in the context. */
  readonly dockerfile: string
  /** In its normal form, empty for the daemon's own. */
  readonly platform: string
  /** The caller's variables, for build arguments without a value. */
  readonly lookup: (name: string) => string | undefined
  /** The proxies that config.json wants in builds; arguments that are given count more. */
  readonly proxies: readonly (readonly [string, string])[]
  readonly auths: ImageBuildOptions['auths']
}

/** Turns the flags of a build into its request to the classic builder (docker/cli image/build.go imageBuildOptions). */
export function toBuildRequest(options: BuildOptions, facts: BuildFacts): ImageBuildOptions {
  const given = toNullableMap((options.buildArg ?? []).map((text) => parseEnv(text, facts.lookup)))
  return {
    version: '1',
    dockerfile: facts.dockerfile,
    tags: options.tag,
    buildArgs: { ...given, ...Object.fromEntries(facts.proxies.filter(([name]) => !Object.hasOwn(given, name))) },
    labels: toMap(options.label ?? []),
    cacheFrom: (options.cacheFrom ?? []).flatMap((text) => (text === '' ? [] : parseCsv(text))),
    target: options.target,
    platform: facts.platform,
    quiet: options.quiet,
    noCache: options.noCache,
    pull: options.pull,
    squash: options.squash,
    rm: options.rm,
    forceRm: options.forceRm,
    networkMode: options.network,
    extraHosts: options.addHost,
    securityOpt: options.securityOpt,
    ulimits: (options.ulimit ?? []).toSorted((a, b) => compareStrings(a.Name, b.Name)),
    isolation: options.isolation,
    cgroupParent: options.cgroupParent,
    cpusetCpus: options.cpusetCpus,
    cpusetMems: options.cpusetMems,
    cpuShares: options.cpuShares,
    cpuQuota: options.cpuQuota,
    cpuPeriod: options.cpuPeriod,
    memory: options.memory,
    memorySwap: options.memorySwap,
    shmSize: options.shmSize,
    auths: facts.auths,
  }
}
