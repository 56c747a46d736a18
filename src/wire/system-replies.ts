import { bool, field, map, slice, str, struct, uint64 } from '../go/types.ts'

const component = struct('system.ComponentVersion', {
  Name: str,
  Version: str,
  Details: field(map(str, str), ',omitempty'),
})

/** Go's system.VersionResponse. */
export const versionResponse = struct('system.VersionResponse', {
  Platform: field(struct('system.PlatformInfo', { Name: str }), ',omitempty'),
  Version: str,
  APIVersion: field(str, 'ApiVersion'),
  MinAPIVersion: field(str, ',omitempty'),
  Os: str,
  Arch: str,
  Components: field(slice(component), ',omitempty'),
  GitCommit: field(str, ',omitempty'),
  GoVersion: field(str, ',omitempty'),
  KernelVersion: field(str, ',omitempty'),
  Experimental: field(bool, ',omitempty'),
  BuildTime: field(str, ',omitempty'),
})

/** Go's registry.AuthResponse. */
export const authResponse = struct('registry.AuthResponse', {
  IdentityToken: field(str, ',omitempty'),
  Status: str,
})

/** Go's build.CachePruneReport. */
export const buildCachePruned = struct('build.CachePruneReport', { CachesDeleted: slice(str), SpaceReclaimed: uint64 })

/** Go's common.ErrorResponse, which every refusal is. */
export const errorResponse = struct('common.ErrorResponse', { Message: field(str, 'message') })
