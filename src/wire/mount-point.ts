import { bool, field, named, str, struct } from '../go/types.ts'

/** Go's mount.Type. */
export const mountType = named('mount.Type', str)

/** Go's mount.Propagation. */
export const propagation = named('mount.Propagation', str)

/** Go's container.MountPoint. */
export const mountPoint = struct('container.MountPoint', {
  Type: field(mountType, ',omitempty'),
  Name: field(str, ',omitempty'),
  Source: str,
  Destination: str,
  Driver: field(str, ',omitempty'),
  Mode: str,
  RW: bool,
  Propagation: propagation,
})
