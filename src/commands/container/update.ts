import { atLeast, command } from '../../cli/command.ts'
import { cliError, joinErrors } from '../../errors/cli-error.ts'
import { int64, type Options, string } from '../../cli/flags.ts'
import type { ContainerUpdateBody } from '../../engine/types/container.ts'
import { parseRestartPolicy } from '../../parse/restart.ts'
import { cpusFlag, resourceFlags } from './_resource-flags.ts'

const flags = {
  ...resourceFlags,
  cpus: cpusFlag('1.29'),
  pidsLimit: int64('Limit of processes (PIDs); -1 for unlimited', { since: '1.40' }),
  restart: string('Restart policy: "no", "on-failure[:MAX]", "always" or "unless-stopped"', {
    complete: 'restart-policies',
  }),
} as const

export default command({
  path: ['container update', 'update'],
  summary: 'Update resource limits and restart policy of one or more containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  flags,
  complete: 'container-all',
  async run({ engine, out, signal }, { args, options, anyFlag }) {
    if (!anyFlag) {
      throw cliError('you must provide one or more flags when using this command')
    }
    const body = toUpdateRequest(options)
    const { containers } = await engine()
    const warnings: string[] = []
    const errors: unknown[] = []
    for (const id of args) {
      try {
        const { Warnings } = await containers.update(id, body, { signal })
        out.line(id)
        warnings.push(...(Warnings ?? []))
      } catch (error) {
        errors.push(error)
      }
    }
    if (warnings.length > 0) out.line(warnings.join('\n'))
    if (errors.length > 0) throw joinErrors(errors)
  },
})

/** Gives the request with every field that the reference sends in it; 0 and null change nothing (docker/cli container/update.go). */
export function toUpdateRequest(options: Options<typeof flags>): ContainerUpdateBody {
  return {
    CpuShares: options.cpuShares ?? 0,
    Memory: options.memory ?? 0,
    NanoCpus: options.cpus ?? 0,
    CgroupParent: '',
    BlkioWeight: options.blkioWeight ?? 0,
    BlkioWeightDevice: null,
    BlkioDeviceReadBps: null,
    BlkioDeviceWriteBps: null,
    BlkioDeviceReadIOps: null,
    BlkioDeviceWriteIOps: null,
    CpuPeriod: options.cpuPeriod ?? 0,
    CpuQuota: options.cpuQuota ?? 0,
    CpuRealtimePeriod: options.cpuRtPeriod ?? 0,
    CpuRealtimeRuntime: options.cpuRtRuntime ?? 0,
    CpusetCpus: options.cpusetCpus ?? '',
    CpusetMems: options.cpusetMems ?? '',
    Devices: null,
    DeviceCgroupRules: null,
    DeviceRequests: null,
    MemoryReservation: options.memoryReservation ?? 0,
    MemorySwap: options.memorySwap ?? 0,
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit: options.pidsLimit || null,
    Ulimits: null,
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    RestartPolicy: parseRestartPolicy(options.restart ?? ''),
  }
}
