import { bool, embed, field, map, ptr, slice, str, struct } from '../../../go/types.ts'
import { systemInfo } from '../../../wire/system-info.ts'

/** Go's clientVersion of the version command. */
export const clientVersion = struct('system.clientVersion', {
  Platform: field(ptr(struct('system.platformInfo', { Name: field(str, ',omitempty') })), ',omitempty'),
  Version: field(str, ',omitempty'),
  APIVersion: field(str, 'ApiVersion,omitempty'),
  DefaultAPIVersion: field(str, ',omitempty'),
  GitCommit: field(str, ',omitempty'),
  GoVersion: field(str, ',omitempty'),
  Os: field(str, ',omitempty'),
  Arch: field(str, ',omitempty'),
  BuildTime: field(str, ',omitempty'),
  Context: str,
})

/** Go's manager.Plugin, what is known of a plugin of the client. */
const clientPlugin = struct('manager.Plugin', {
  Metadata: embed(
    struct('metadata.Metadata', {
      SchemaVersion: field(str, ',omitempty'),
      Vendor: field(str, ',omitempty'),
      Version: field(str, ',omitempty'),
      ShortDescription: field(str, ',omitempty'),
      URL: field(str, ',omitempty'),
      Hidden: field(bool, ',omitempty'),
    }),
  ),
  Name: field(str, ',omitempty'),
  Path: field(str, ',omitempty'),
  Err: field(str, ',omitempty'),
  ShadowedPaths: field(slice(str), ',omitempty'),
})

const clientInfo = struct('system.clientInfo', {
  Debug: bool,
  clientVersion: embed(clientVersion),
  Plugins: slice(clientPlugin),
  Warnings: slice(str),
})

const clientSide = {
  ClientInfo: field(ptr(clientInfo), ',omitempty'),
  ClientErrors: field(slice(str), ',omitempty'),
}

/** What the info command knows without asking the daemon. */
export const sparseInfo = struct('system.sparseInfo', clientSide)

/** Go's dockerInfo of the info command: the daemon's fields and the client's. */
export const dockerInfo = struct('system.dockerInfo', {
  Info: embed(ptr(systemInfo)),
  ServerErrors: field(slice(str), ',omitempty'),
  UserName: field(str, '-'),
  ...clientSide,
})

/** Go's system.ComponentVersion. */
export const componentVersion = struct('system.ComponentVersion', {
  Name: str,
  Version: str,
  Details: field(map(str, str), ',omitempty'),
})

const serverVersion = struct('system.serverVersion', {
  Platform: field(struct('client.PlatformInfo', { Name: str }), ',omitempty'),
  Version: str,
  APIVersion: field(str, 'ApiVersion'),
  MinAPIVersion: field(str, ',omitempty'),
  Os: str,
  Arch: str,
  Components: field(slice(componentVersion), ',omitempty'),
  GitCommit: field(str, ',omitempty'),
  GoVersion: field(str, ',omitempty'),
  KernelVersion: field(str, ',omitempty'),
  Experimental: field(bool, ',omitempty'),
  BuildTime: field(str, ',omitempty'),
})

/** Go's versionInfo of the version command. */
export const versionInfo = struct('system.versionInfo', {
  Client: clientVersion,
  Server: ptr(serverVersion),
})
