import { bytes, int64, string, swapBytes, uint16, value } from '../../cli/flags.ts'
import { parseCpus } from '../../parse/cpus.ts'

/** The limits that create, run and update share (docker/cli container/opts.go, container/update.go). */
export const resourceFlags = {
  blkioWeight: uint16('Block IO weight, 10 to 1000; 0 turns it off', { shownDefault: '0' }),
  cpuPeriod: int64('CPU CFS period in microseconds'),
  cpuQuota: int64('CPU CFS quota in microseconds per period'),
  cpuRtPeriod: int64('Real-time CPU period in microseconds', { since: '1.25' }),
  cpuRtRuntime: int64('Real-time CPU runtime in microseconds per period', { since: '1.25' }),
  cpusetCpus: string('CPUs that the container may run on (0-3 or 0,1)'),
  cpusetMems: string('NUMA memory nodes that the container may use (0-3 or 0,1)'),
  cpuShares: int64('CPU shares, a relative CPU weight', { short: 'c' }),
  memory: bytes('Memory limit, such as "512m"', { short: 'm' }),
  memoryReservation: bytes('Soft memory limit (reservation)'),
  memorySwap: swapBytes('Limit of memory and swap together; -1 for unlimited swap'),
  kernelMemory: bytes('Limit of kernel memory', { deprecated: 'and no longer supported by the kernel' }),
} as const

/** `--cpus`; the API version that it needs differs between commands. */
export function cpusFlag(since: string) {
  return value('decimal', 'CPU limit as a number of CPUs, such as "1.5"', (text) => parseCpus(text), { since })
}
