import type { Sendable } from '../../../engine/sendable.ts'
import type { DeviceMapping, DeviceRequest } from '../../../engine/types/host-config.ts'
import { isCdiDevice, parseDevice } from '../../../parse/device.ts'
import type { ConfigOptions } from './flags.ts'

/** Devices by path, and those that a CDI vendor describes. */
export interface Devices {
  readonly mappings: DeviceMapping[]
  readonly cdi: string[]
}

/** Throws where swappiness is no percentage; -1 leaves it to the engine. */
export function checkSwappiness({ memorySwappiness: value = -1 }: ConfigOptions): void {
  if (value < -1 || value > 100) throw new Error(`invalid value: ${value}. Valid memory swappiness range is 0-100`)
}

/** Reads `--device`, whose meaning depends on the engine's system. */
export function toDevices(texts: readonly string[], serverOs: string): Devices {
  return {
    mappings: texts.filter((text) => !isCdiDevice(text)).map((text) => parseDevice(text, serverOs)),
    cdi: texts.filter(isCdiDevice),
  }
}

/** Gives the limits part of the request, every field that the reference sends in it. */
export function toResources(options: ConfigOptions, devices: Devices) {
  return {
    CpuShares: options.cpuShares ?? 0,
    Memory: options.memory ?? 0,
    NanoCpus: options.cpus ?? 0,
    CgroupParent: options.cgroupParent ?? '',
    BlkioWeight: options.blkioWeight ?? 0,
    BlkioWeightDevice: options.blkioWeightDevice ?? [],
    BlkioDeviceReadBps: options.deviceReadBps ?? [],
    BlkioDeviceWriteBps: options.deviceWriteBps ?? [],
    BlkioDeviceReadIOps: options.deviceReadIops ?? [],
    BlkioDeviceWriteIOps: options.deviceWriteIops ?? [],
    CpuPeriod: options.cpuPeriod ?? 0,
    CpuQuota: options.cpuQuota ?? 0,
    CpuRealtimePeriod: options.cpuRtPeriod ?? 0,
    CpuRealtimeRuntime: options.cpuRtRuntime ?? 0,
    CpusetCpus: options.cpusetCpus ?? '',
    CpusetMems: options.cpusetMems ?? '',
    Devices: devices.mappings,
    DeviceCgroupRules: options.deviceCgroupRule ?? null,
    DeviceRequests: toDeviceRequests(options, devices),
    MemoryReservation: options.memoryReservation ?? 0,
    MemorySwap: options.memorySwap ?? 0,
    MemorySwappiness: options.memorySwappiness ?? -1,
    OomKillDisable: options.oomKillDisable ?? false,
    PidsLimit: options.pidsLimit ?? 0,
    Ulimits: (options.ulimit ?? []).toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
    CpuCount: options.cpuCount ?? 0,
    CpuPercent: options.cpuPercent ?? 0,
    IOMaximumIOps: options.ioMaxiops ?? 0,
    IOMaximumBandwidth: options.ioMaxbandwidth ?? 0,
  }
}

function toDeviceRequests({ gpus = [] }: ConfigOptions, { cdi }: Devices): Sendable<DeviceRequest>[] | null {
  const named = { Driver: 'cdi', Count: 0, DeviceIDs: cdi, Capabilities: null, Options: null }
  const requests = cdi.length > 0 ? [...gpus, named] : gpus
  return requests.length > 0 ? requests : null
}
