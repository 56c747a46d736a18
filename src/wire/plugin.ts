import { compareStrings } from '../go/strings.ts'
import { bool, method, textual, field, ptr, slice, str, struct, uint32 } from '../go/types.ts'

const args = struct('plugin.Args', {
  Description: str,
  Name: str,
  Settable: slice(str),
  Value: slice(str),
})

const env = struct('plugin.Env', {
  Description: str,
  Name: str,
  Settable: slice(str),
  Value: ptr(str),
})

/** `docker.volumedriver/1.0`: prefix, capability and version in one text (moby api/types/plugin CapabilityID). */
const capabilityID = textual(
  'plugin.CapabilityID',
  { zero: '', compare: compareStrings },
  {
    String: method(str, (text: string) => text),
    Prefix: method(str, (text: string) => /^([^/]*)\.[^./]*(?:\/|$)/.exec(text)?.[1] ?? ''),
    Capability: method(str, (text: string) => /([^./]*)(?:\/|$)/.exec(text)?.[1] ?? ''),
    Version: method(str, (text: string) => text.split('/')[1] ?? ''),
  },
)

const pluginInterface = struct('plugin.Interface', {
  ProtocolScheme: field(str, ',omitempty'),
  Socket: str,
  Types: slice(capabilityID),
})

const device = struct('plugin.Device', {
  Description: str,
  Name: str,
  Path: ptr(str),
  Settable: slice(str),
})

const linuxConfig = struct('plugin.LinuxConfig', {
  AllowAllDevices: bool,
  Capabilities: slice(str),
  Devices: slice(device),
})

const pluginMount = struct('plugin.Mount', {
  Description: str,
  Destination: str,
  Name: str,
  Options: slice(str),
  Settable: slice(str),
  Source: ptr(str),
  Type: str,
})

const networkConfig = struct('plugin.NetworkConfig', {
  Type: str,
})

const user = struct('plugin.User', {
  GID: field(uint32, ',omitempty'),
  UID: field(uint32, ',omitempty'),
})

const pluginRootFS = struct('plugin.RootFS', {
  DiffIds: field(slice(str), 'diff_ids'),
  Type: field(str, 'type,omitempty'),
})

/** Go's plugin.Config: the config.json that a plugin is made of. */
export const pluginConfig = struct('plugin.Config', {
  Args: args,
  Description: str,
  Documentation: str,
  Entrypoint: slice(str),
  Env: slice(env),
  Interface: pluginInterface,
  IpcHost: bool,
  Linux: linuxConfig,
  Mounts: slice(pluginMount),
  Network: networkConfig,
  PidHost: bool,
  PropagatedMount: str,
  User: field(user, ',omitempty'),
  WorkDir: str,
  Rootfs: field(ptr(pluginRootFS), 'rootfs,omitempty'),
})

const settings = struct('plugin.Settings', {
  Args: slice(str),
  Devices: slice(device),
  Env: slice(str),
  Mounts: slice(pluginMount),
})

/** Go's plugin.Plugin. */
export const plugin = struct('plugin.Plugin', {
  Config: pluginConfig,
  Enabled: bool,
  ID: field(str, 'Id,omitempty'),
  Name: str,
  PluginReference: field(str, ',omitempty'),
  Settings: settings,
})

/** Go's plugin.Privileges: what a plugin wants to be allowed. */
export const privileges = slice(struct('plugin.Privilege', { Name: str, Description: str, Value: slice(str) }))

/** The answer to a list of plugins. */
export const plugins = slice(plugin)
