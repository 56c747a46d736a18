import { bool, field, int64, map, named, ptr, slice, str, struct } from '../go/types.ts'
import { fileMode } from './file-mode.ts'
import { mountType, propagation } from './mount-point.ts'

const consistency = named('mount.Consistency', str)

const bindOptions = struct('mount.BindOptions', {
  Propagation: field(propagation, ',omitempty'),
  NonRecursive: field(bool, ',omitempty'),
  CreateMountpoint: field(bool, ',omitempty'),
  ReadOnlyNonRecursive: field(bool, ',omitempty'),
  ReadOnlyForceRecursive: field(bool, ',omitempty'),
})

const driver = struct('mount.Driver', {
  Name: field(str, ',omitempty'),
  Options: field(map(str, str), ',omitempty'),
})

const volumeOptions = struct('mount.VolumeOptions', {
  NoCopy: field(bool, ',omitempty'),
  Labels: field(map(str, str), ',omitempty'),
  Subpath: field(str, ',omitempty'),
  DriverConfig: field(ptr(driver), ',omitempty'),
})

const imageOptions = struct('mount.ImageOptions', {
  Subpath: field(str, ',omitempty'),
})

const tmpfsOptions = struct('mount.TmpfsOptions', {
  SizeBytes: field(int64, ',omitempty'),
  Mode: field(fileMode, ',omitempty'),
  Options: field(slice(slice(str)), ',omitempty'),
})

const clusterOptions = struct('mount.ClusterOptions', {})

/** Go's mount.Mount. */
export const mount = struct('mount.Mount', {
  Type: field(mountType, ',omitempty'),
  Source: field(str, ',omitempty'),
  Target: field(str, ',omitempty'),
  ReadOnly: field(bool, ',omitempty'),
  Consistency: field(consistency, ',omitempty'),
  BindOptions: field(ptr(bindOptions), ',omitempty'),
  VolumeOptions: field(ptr(volumeOptions), ',omitempty'),
  ImageOptions: field(ptr(imageOptions), ',omitempty'),
  TmpfsOptions: field(ptr(tmpfsOptions), ',omitempty'),
  ClusterOptions: field(ptr(clusterOptions), ',omitempty'),
})
