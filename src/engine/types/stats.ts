/** Processor time in nanoseconds (on Windows in units of 100), a container's and the machine's. */
export interface CpuStats {
  cpu_usage?: { total_usage?: number; percpu_usage?: number[] | null }
  system_cpu_usage?: number
  online_cpus?: number
}

/** What a container uses, sampled; `pre` is the sample before. What a system does not measure is missing. */
export interface ContainerStats {
  id?: string
  name?: string
  os_type?: string
  read?: string
  preread?: string
  cpu_stats?: CpuStats
  precpu_stats?: CpuStats
  memory_stats?: {
    usage?: number
    limit?: number
    stats?: Record<string, number>
    privateworkingset?: number
  }
  networks?: Record<string, { rx_bytes?: number; tx_bytes?: number }>
  blkio_stats?: { io_service_bytes_recursive?: { op?: string; value?: number }[] | null }
  storage_stats?: { read_size_bytes?: number; write_size_bytes?: number }
  pids_stats?: { current?: number }
  num_procs?: number
}
