import { bytes, int64, string, swapBytes, uint16, value } from '../../cli/flags.ts'
import { parseCpus } from '../../parse/cpus.ts'

/** The limits that create, run and update share (docker/cli container/opts.go, container/update.go). */
export const resourceFlags = {
  blkioWeight: uint16('Relative block IO weight, from 10 to 1000; 0 turns it off', { shownDefault: '0' }),
  cpuPeriod: int64('Length of a CPU scheduling period, in microseconds'),
  cpuQuota: int64('CPU time in each scheduling period, in microseconds'),
  cpuRtPeriod: int64('Length of a real-time scheduling period, in microseconds', { since: '1.25' }),
  cpuRtRuntime: int64('Real-time CPU time in each period, in microseconds', { since: '1.25' }),
  cpusetCpus: string('CPUs to run on (0-3 or 0,1)'),
  cpusetMems: string('Memory nodes to use (0-3 or 0,1)'),
  cpuShares: int64('Relative CPU weight', { short: 'c' }),
  memory: bytes('Most memory to use', { short: 'm' }),
  memoryReservation: bytes('Memory to shrink to when the host runs short'),
  memorySwap: swapBytes('Most memory and swap together; -1 for unlimited swap'),
  kernelMemory: bytes('Most kernel memory to use', { deprecated: 'and no longer supported by the kernel' }),
} as const

/** `--cpus`; the API version that it needs differs between commands. */
export function cpusFlag(since: string) {
  return value('decimal', 'Number of CPUs, fractions allowed', (text) => parseCpus(text), { since })
}
