import type { BuildFlags } from '../../../build/flags/options.ts'
import type { Context } from '../../../context.ts'
import { log } from '../../../errors/log.ts'
import type { BuildkitOptions } from './buildkit-flags.ts'
import type { BuildOptions } from './flags.ts'

type Given = BuildOptions & BuildkitOptions

/** The flags as the request is made of them: limits of the classic builder are resources to BuildKit (buildx legacyResourceValue). */
export function toBuildFlags(given: Given): BuildFlags {
  const { memory, memorySwap, cpuShares, cpuPeriod, cpuQuota, cpusetCpus, cpusetMems } = given
  const limits = {
    memory,
    'memory-swap': memorySwap,
    'cpu-shares': cpuShares,
    'cpu-period': cpuPeriod,
    'cpu-quota': cpuQuota,
    'cpuset-cpus': cpusetCpus,
    'cpuset-mems': cpusetMems,
  }
  const resource = Object.entries(limits).flatMap(([name, limit]) => (limit === undefined ? [] : [`${name}=${limit}`]))
  return { ...given, resource: [...resource, ...(given.resource ?? [])] }
}

/** Says which of the flags mean nothing to BuildKit. */
export function warnOfIgnored(context: Context, { isolation, securityOpt, squash }: Given): void {
  if (isolation !== undefined) log(context, 'warning', 'isolation flag is deprecated with BuildKit.')
  if (securityOpt !== undefined) {
    const instead = '"RUN --security=insecure" should be used with BuildKit.'
    log(context, 'warning', `security-opt flag is deprecated. ${instead}`)
  }
  if (squash !== undefined) {
    const instead = 'You should squash inside build using a multi-stage Dockerfile for efficiency.'
    log(context, 'warning', `experimental flag squash is removed with BuildKit. ${instead}`)
  }
}
