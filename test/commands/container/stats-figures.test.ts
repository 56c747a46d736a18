import { describe, expect, it } from 'vitest'
import { figuresOf } from '../../../src/commands/container/_stats-figures.ts'

const cpu = (used: number, system: number, online?: number, percpu?: number[]) => ({
  cpu_usage: { total_usage: used, ...(percpu && { percpu_usage: percpu }) },
  system_cpu_usage: system,
  ...(online === undefined ? {} : { online_cpus: online }),
})

describe('figuresOf', () => {
  it.each([
    ['two processors', cpu(300, 2000, 2), 40],
    ['processors only listed', cpu(300, 2000, undefined, [1, 2, 3, 4]), 80],
    ['the clock standing still', cpu(300, 1000, 2), 0],
    ['time running backwards', cpu(50, 2000, 2), 0],
  ])('counts the share of the processor with %s', (_, now, share) => {
    expect(figuresOf({ precpu_stats: cpu(100, 1000), cpu_stats: now }, 'linux').cpu).toBe(share)
  })

  it.each([
    [{ usage: 100, stats: { total_inactive_file: 30, inactive_file: 50 } }, 70],
    [{ usage: 100, stats: { inactive_file: 50 } }, 50],
    [{ usage: 100, stats: { total_inactive_file: 100, inactive_file: 20 } }, 80],
    [{ usage: 100, stats: { inactive_file: 200 } }, 100],
    [{ usage: 100 }, 100],
    [{}, 0],
  ])('leaves the cache out of the memory of %j', (memory_stats, memory) => {
    expect(figuresOf({ memory_stats }, 'linux').memory).toBe(memory)
  })

  it('gives the share of the memory, and none without a limit', () => {
    expect(figuresOf({ memory_stats: { usage: 50, limit: 200 } }, 'linux').memoryShare).toBe(25)
    expect(figuresOf({ memory_stats: { usage: 50 } }, 'linux').memoryShare).toBe(0)
  })

  it('adds networks and devices up', () => {
    const stats = {
      networks: { eth0: { rx_bytes: 1, tx_bytes: 10 }, eth1: { rx_bytes: 2 } },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: 'Read', value: 5 },
          { op: 'read', value: 6 },
          { op: 'Write', value: 7 },
          { op: 'Total', value: 99 },
          { value: 1 },
        ],
      },
      pids_stats: { current: 4 },
    }
    expect(figuresOf(stats, 'linux')).toMatchObject({ received: 3, sent: 10, read: 11, written: 7, pids: 4 })
    expect(figuresOf({ blkio_stats: { io_service_bytes_recursive: null } }, 'linux')).toMatchObject({ read: 0 })
  })

  it('counts as Windows does', () => {
    const stats = {
      preread: '2024-01-01T00:00:00Z',
      read: '2024-01-01T00:00:01Z',
      num_procs: 2,
      cpu_stats: { cpu_usage: { total_usage: 6_000_000 } },
      precpu_stats: { cpu_usage: { total_usage: 1_000_000 } },
      memory_stats: { privateworkingset: 5 },
      storage_stats: { read_size_bytes: 6, write_size_bytes: 7 },
    }
    expect(figuresOf(stats, 'windows')).toMatchObject({ cpu: 25, memory: 5, read: 6, written: 7 })
  })
})
