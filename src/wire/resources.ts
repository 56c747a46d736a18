import { bool, field, int, int64, map, method, ptr, slice, str, struct, uint16, uint64 } from '../go/types.ts'

const deviceText = (device: { Path?: string }, value = 0): string => `${device.Path ?? ''}:${value}`

const weightDevice = struct(
  'blkiodev.WeightDevice',
  {
    Path: str,
    Weight: uint16,
  },
  {},
  { String: method(str, (device: { Path?: string; Weight?: number }) => deviceText(device, device.Weight)) },
)

const throttleDevice = struct(
  'blkiodev.ThrottleDevice',
  {
    Path: str,
    Rate: uint64,
  },
  {},
  { String: method(str, (device: { Path?: string; Rate?: number }) => deviceText(device, device.Rate)) },
)

const deviceMapping = struct('container.DeviceMapping', {
  PathOnHost: str,
  PathInContainer: str,
  CgroupPermissions: str,
})

const deviceRequest = struct('container.DeviceRequest', {
  Driver: str,
  Count: int,
  DeviceIDs: slice(str),
  Capabilities: slice(slice(str)),
  Options: map(str, str),
})

/** Go's units.Ulimit. */
export const ulimit = struct(
  'units.Ulimit',
  {
    Name: str,
    Hard: int64,
    Soft: int64,
  },
  {},
  { String: method(str, ulimitText) },
)

/** Go's container.Resources. */
export const resources = struct('container.Resources', {
  CPUShares: field(int64, 'CpuShares'),
  Memory: int64,
  NanoCPUs: field(int64, 'NanoCpus'),
  CgroupParent: str,
  BlkioWeight: uint16,
  BlkioWeightDevice: slice(ptr(weightDevice)),
  BlkioDeviceReadBps: slice(ptr(throttleDevice)),
  BlkioDeviceWriteBps: slice(ptr(throttleDevice)),
  BlkioDeviceReadIOps: slice(ptr(throttleDevice)),
  BlkioDeviceWriteIOps: slice(ptr(throttleDevice)),
  CPUPeriod: field(int64, 'CpuPeriod'),
  CPUQuota: field(int64, 'CpuQuota'),
  CPURealtimePeriod: field(int64, 'CpuRealtimePeriod'),
  CPURealtimeRuntime: field(int64, 'CpuRealtimeRuntime'),
  CpusetCpus: str,
  CpusetMems: str,
  Devices: slice(deviceMapping),
  DeviceCgroupRules: slice(str),
  DeviceRequests: slice(deviceRequest),
  MemoryReservation: int64,
  MemorySwap: int64,
  MemorySwappiness: ptr(int64),
  OomKillDisable: ptr(bool),
  PidsLimit: ptr(int64),
  Ulimits: slice(ptr(ulimit)),
  CPUCount: field(int64, 'CpuCount'),
  CPUPercent: field(int64, 'CpuPercent'),
  IOMaximumIOps: uint64,
  IOMaximumBandwidth: uint64,
})

/** `nofile=1024:2048` (go-units Ulimit.String). */
function ulimitText({ Name = '', Hard = 0, Soft = 0 }: { Name?: string; Hard?: number; Soft?: number }): string {
  return `${Name}=${Soft}:${Hard}`
}
