import type { ContainerStats, CpuStats } from '../../engine/types/stats.ts'
import { parseRFC3339 } from '../../go/time.ts'
import type { Figures } from '../../format/views/stats.ts'

/** The figures to show for a sample (docker/cli container stats_helpers.go). */
export function figuresOf(stats: ContainerStats, osType: string): Figures {
  const networks = Object.values(stats.networks ?? {})
  const received = sum(networks.map(({ rx_bytes = 0 }) => rx_bytes))
  const sent = sum(networks.map(({ tx_bytes = 0 }) => tx_bytes))
  return { received, sent, ...(osType === 'windows' ? windowsFigures(stats) : unixFigures(stats)) }
}

function unixFigures(stats: ContainerStats): Omit<Figures, 'received' | 'sent'> {
  const memory = memoryWithoutCache(stats)
  const memoryLimit = stats.memory_stats?.limit ?? 0
  return {
    cpu: cpuShare(stats.precpu_stats ?? {}, stats.cpu_stats ?? {}),
    memory,
    memoryLimit,
    memoryShare: memoryLimit === 0 ? 0 : (memory / memoryLimit) * 100,
    read: blockBytes(stats, 'r'),
    written: blockBytes(stats, 'w'),
    pids: stats.pids_stats?.current ?? 0,
  }
}

function windowsFigures(stats: ContainerStats): Omit<Figures, 'received' | 'sent'> {
  return {
    cpu: windowsCpuShare(stats),
    memory: stats.memory_stats?.privateworkingset ?? 0,
    memoryLimit: 0,
    memoryShare: 0,
    read: stats.storage_stats?.read_size_bytes ?? 0,
    written: stats.storage_stats?.write_size_bytes ?? 0,
    pids: 0,
  }
}

/** The container's share of the machine's time between two samples; 100 is one processor. */
function cpuShare(before: CpuStats, now: CpuStats): number {
  const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0)
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0)
  const cpus = now.online_cpus || (now.cpu_usage?.percpu_usage?.length ?? 0)
  return used > 0 && passed > 0 ? (used / passed) * cpus * 100 : 0
}

/** Windows counts in units of 100 ns. */
function windowsCpuShare({ read = '', preread = '', num_procs = 0, cpu_stats, precpu_stats }: ContainerStats): number {
  const possible = Math.floor((nanoseconds(read) - nanoseconds(preread)) / 100) * num_procs
  const used = (cpu_stats?.cpu_usage?.total_usage ?? 0) - (precpu_stats?.cpu_usage?.total_usage ?? 0)
  return possible > 0 ? (used / possible) * 100 : 0
}

function nanoseconds(time: string): number {
  const instant = parseRFC3339(time)
  return instant === undefined ? 0 : instant.seconds * 1e9 + instant.nanoseconds
}

/** The cache's inactive pages are the machine's to take back: cgroup v1 and v2 name them differently. */
function memoryWithoutCache({ memory_stats: { usage = 0, stats = {} } = {} }: ContainerStats): number {
  const v1 = stats['total_inactive_file']
  if (v1 !== undefined && v1 < usage) return usage - v1
  const v2 = stats['inactive_file'] ?? 0
  return v2 < usage ? usage - v2 : usage
}

function blockBytes({ blkio_stats }: ContainerStats, letter: 'r' | 'w'): number {
  const entries = blkio_stats?.io_service_bytes_recursive ?? []
  return sum(entries.filter(({ op = '' }) => op[0]?.toLowerCase() === letter).map(({ value = 0 }) => value))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
