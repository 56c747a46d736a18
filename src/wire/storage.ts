import { field, map, ptr, str, struct } from '../go/types.ts'

/** Go's storage.DriverData. */
export const driverData = struct('storage.DriverData', {
  Data: map(str, str),
  Name: str,
})

const rootFSStorageSnapshot = struct('storage.RootFSStorageSnapshot', {
  Name: field(str, ',omitempty'),
})

const rootFSStorage = struct('storage.RootFSStorage', {
  Snapshot: field(ptr(rootFSStorageSnapshot), ',omitempty'),
})

/** Go's storage.Storage. */
export const storage = struct('storage.Storage', {
  RootFS: field(ptr(rootFSStorage), ',omitempty'),
})
