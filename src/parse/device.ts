import { posix } from 'node:path'
import { parseBytes } from './bytes.ts'
import { cut } from './cut.ts'
import { type Int64, parseUnsigned } from '../go/int.ts'

/** A device of the host given to a container, as the engine takes it. */
export interface DeviceMapping {
  PathOnHost: string
  PathInContainer: string
  CgroupPermissions: string
}

/** A rate limit for a device: bytes or operations a second. */
export interface ThrottleDevice {
  Path: string
  Rate: Int64
}

/** A block IO weight for a device. */
export interface WeightDevice {
  Path: string
  Weight: number
}

/** Takes `--device` as `host[:container][:rwm]`; what it means depends on the engine's system (docker/cli container/opts.go parseDevice). */
export function parseDevice(text: string, serverOs: string): DeviceMapping {
  if (serverOs === 'windows') return { PathOnHost: text, PathInContainer: '', CgroupPermissions: '' }
  if (serverOs !== 'linux') throw new Error(`unknown server OS: ${serverOs}`)
  return parseLinuxDevice(validateLinuxDevice(text))
}

/** Tells whether a `--device` names a CDI device, `vendor.com/class=name`, rather than a path (container-device-interface parser). */
export function isCdiDevice(text: string): boolean {
  const { before: kind, after: name } = cut(text, '=')
  const { before: vendor, after: deviceClass } = cut(kind, '/')
  return isCdiWord(vendor) && isCdiWord(deviceClass) && isCdiName(name)
}

/** Checks `--device-cgroup-rule` as `type major:minor mode` and gives it unchanged. */
export function parseDeviceCgroupRule(text: string): string {
  if (!/^[acb] (\d+|\*):(\d+|\*) [rwm]{1,3}$/.test(text)) throw new Error(`invalid device cgroup format '${text}'`)
  return text
}

/** Takes `--device-read-bps` and `--device-write-bps` as `/dev/x:rate`, the rate in bytes or with a unit (docker/cli opts/throttledevice.go). */
export function parseThrottleBytes(text: string): ThrottleDevice {
  const { path, value } = devicePath(text)
  const format =
    '<device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb'
  const rate = attempt(() => parseBytes(value))
  if (rate === undefined || rate < 0)
    throw new Error(`invalid rate for device: ${text}. The correct format is ${format}`)
  return { Path: path, Rate: rate }
}

/** Takes `--device-read-iops` and `--device-write-iops` as `/dev/x:rate` (docker/cli opts/throttledevice.go). */
export function parseThrottleOperations(text: string): ThrottleDevice {
  const { path, value } = devicePath(text)
  const format = '<device-path>:<number>. Number must be a positive integer'
  const rate = attempt(() => parseUnsigned(value))
  if (rate === undefined) throw new Error(`invalid rate for device: ${text}. The correct format is ${format}`)
  return { Path: path, Rate: rate }
}

/** Takes `--blkio-weight-device` as `/dev/x:weight`, the weight 0 or from 10 to 1000 (docker/cli opts/weightdevice.go). */
export function parseWeightDevice(text: string): WeightDevice {
  const { path, value } = devicePath(text)
  const weight = attempt(() => Number(parseUnsigned(value, { bits: 16 })))
  if (weight === undefined || (weight > 0 && weight < 10) || weight > 1000) {
    throw new Error(`invalid weight for device: ${text}`)
  }
  return { Path: path, Weight: weight }
}

function devicePath(text: string): { path: string; value: string } {
  const { before: path, after: value, found } = cut(text, ':')
  if (!found || path === '') throw new Error(`bad format: ${text}`)
  if (!path.startsWith('/dev/')) throw new Error(`bad format for device path: ${text}`)
  return { path, value }
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

function parseLinuxDevice(text: string): DeviceMapping {
  const [source = '', second = '', third] = text.split(':')
  const secondIsMode = isDeviceMode(second)
  return {
    PathOnHost: source,
    PathInContainer: second === '' || secondIsMode ? source : second,
    // A mode in second place wins over one in third, as in the reference.
    CgroupPermissions: secondIsMode ? second : (third ?? 'rwm'),
  }
}

function validateLinuxDevice(text: string): string {
  const parts = text.split(':')
  const [source = '', second = '', mode = ''] = parts
  if (parts.length > 3 || source === '') throw new Error(`bad format for path: ${text}`)
  const secondIsMode = parts.length === 2 && isDeviceMode(second)
  const path = parts.length === 1 || secondIsMode ? source : second
  if (parts.length === 3 && !isDeviceMode(mode)) throw new Error(`bad mode specified: ${mode}`)
  if (!path.startsWith('/')) throw new Error(`${path} is not an absolute path`)
  if (parts.length === 1) return clean(source)
  if (parts.length === 3) return text
  return secondIsMode ? `${clean(source)}:${second}` : `${source}:${clean(second)}`
}

function isDeviceMode(text: string): boolean {
  return /^[rwm]+$/.test(text) && new Set(text).size === text.length
}

function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal
}

function isCdiWord(text: string): boolean {
  return /^[a-z]([\w.-]*[a-z\d])?$/i.test(text)
}

function isCdiName(text: string): boolean {
  return /^[a-z\d]([\w.:-]*[a-z\d])?$/i.test(text)
}
