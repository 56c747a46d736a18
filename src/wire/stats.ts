import { time } from '../go/time.ts'
import { field, map, slice, str, struct, uint32, uint64 } from '../go/types.ts'

const throttlingData = struct('container.ThrottlingData', {
  Periods: field(uint64, 'periods'),
  ThrottledPeriods: field(uint64, 'throttled_periods'),
  ThrottledTime: field(uint64, 'throttled_time'),
})

const cpuUsage = struct('container.CPUUsage', {
  TotalUsage: field(uint64, 'total_usage'),
  PercpuUsage: field(slice(uint64), 'percpu_usage,omitempty'),
  UsageInKernelmode: field(uint64, 'usage_in_kernelmode'),
  UsageInUsermode: field(uint64, 'usage_in_usermode'),
})

const cpuStats = struct('container.CPUStats', {
  CPUUsage: field(cpuUsage, 'cpu_usage'),
  SystemUsage: field(uint64, 'system_cpu_usage,omitempty'),
  OnlineCPUs: field(uint32, 'online_cpus,omitempty'),
  ThrottlingData: field(throttlingData, 'throttling_data,omitempty'),
})

const memoryStats = struct('container.MemoryStats', {
  Usage: field(uint64, 'usage,omitempty'),
  MaxUsage: field(uint64, 'max_usage,omitempty'),
  Stats: field(map(str, uint64), 'stats,omitempty'),
  Failcnt: field(uint64, 'failcnt,omitempty'),
  Limit: field(uint64, 'limit,omitempty'),
  Commit: field(uint64, 'commitbytes,omitempty'),
  CommitPeak: field(uint64, 'commitpeakbytes,omitempty'),
  PrivateWorkingSet: field(uint64, 'privateworkingset,omitempty'),
})

const blkioEntries = slice(
  struct('container.BlkioStatEntry', {
    Major: field(uint64, 'major'),
    Minor: field(uint64, 'minor'),
    Op: field(str, 'op'),
    Value: field(uint64, 'value'),
  }),
)

const blkioStats = struct('container.BlkioStats', {
  IoServiceBytesRecursive: field(blkioEntries, 'io_service_bytes_recursive'),
  IoServicedRecursive: field(blkioEntries, 'io_serviced_recursive'),
  IoQueuedRecursive: field(blkioEntries, 'io_queue_recursive'),
  IoServiceTimeRecursive: field(blkioEntries, 'io_service_time_recursive'),
  IoWaitTimeRecursive: field(blkioEntries, 'io_wait_time_recursive'),
  IoMergedRecursive: field(blkioEntries, 'io_merged_recursive'),
  IoTimeRecursive: field(blkioEntries, 'io_time_recursive'),
  SectorsRecursive: field(blkioEntries, 'sectors_recursive'),
})

const storageStats = struct('container.StorageStats', {
  ReadCountNormalized: field(uint64, 'read_count_normalized,omitempty'),
  ReadSizeBytes: field(uint64, 'read_size_bytes,omitempty'),
  WriteCountNormalized: field(uint64, 'write_count_normalized,omitempty'),
  WriteSizeBytes: field(uint64, 'write_size_bytes,omitempty'),
})

const networkStats = struct('container.NetworkStats', {
  RxBytes: field(uint64, 'rx_bytes'),
  RxPackets: field(uint64, 'rx_packets'),
  RxErrors: field(uint64, 'rx_errors'),
  RxDropped: field(uint64, 'rx_dropped'),
  TxBytes: field(uint64, 'tx_bytes'),
  TxPackets: field(uint64, 'tx_packets'),
  TxErrors: field(uint64, 'tx_errors'),
  TxDropped: field(uint64, 'tx_dropped'),
  EndpointID: field(str, 'endpoint_id,omitempty'),
  InstanceID: field(str, 'instance_id,omitempty'),
})

const pidsStats = struct('container.PidsStats', {
  Current: field(uint64, 'current,omitempty'),
  Limit: field(uint64, 'limit,omitempty'),
})

/** Go's container.StatsResponse. */
export const statsResponse = struct('container.StatsResponse', {
  ID: field(str, 'id,omitempty'),
  Name: field(str, 'name,omitempty'),
  OSType: field(str, 'os_type,omitempty'),
  Read: field(time, 'read'),
  CPUStats: field(cpuStats, 'cpu_stats,omitempty'),
  MemoryStats: field(memoryStats, 'memory_stats,omitempty'),
  Networks: field(map(str, networkStats), 'networks,omitempty'),
  PidsStats: field(pidsStats, 'pids_stats,omitempty'),
  BlkioStats: field(blkioStats, 'blkio_stats,omitempty'),
  NumProcs: field(uint32, 'num_procs'),
  StorageStats: field(storageStats, 'storage_stats,omitempty'),
  PreRead: field(time, 'preread'),
  PreCPUStats: field(cpuStats, 'precpu_stats,omitempty'),
})
