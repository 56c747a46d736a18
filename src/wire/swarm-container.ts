import { duration } from '../go/duration-type.ts'
import { bool, field, int64, map, named, ptr, slice, str, struct, uint8 } from '../go/types.ts'
import { fileMode } from './file-mode.ts'
import { isolation } from './modes.ts'
import { mount } from './mount.ts'
import { addr } from './net.ts'
import { healthcheckConfig } from './oci.ts'
import { ulimit } from './resources.ts'

const credentialSpec = struct('swarm.CredentialSpec', {
  Config: str,
  File: str,
  Registry: str,
})

const seLinuxContext = struct('swarm.SELinuxContext', {
  Disable: bool,
  User: str,
  Role: str,
  Type: str,
  Level: str,
})

const seccompMode = named('swarm.SeccompMode', str)

const seccompOpts = struct('swarm.SeccompOpts', {
  Mode: field(seccompMode, ',omitempty'),
  Profile: field(slice(uint8), ',omitempty'),
})

const appArmorMode = named('swarm.AppArmorMode', str)

const appArmorOpts = struct('swarm.AppArmorOpts', {
  Mode: field(appArmorMode, ',omitempty'),
})

const privileges = struct('swarm.Privileges', {
  CredentialSpec: ptr(credentialSpec),
  SELinuxContext: ptr(seLinuxContext),
  Seccomp: field(ptr(seccompOpts), ',omitempty'),
  AppArmor: field(ptr(appArmorOpts), ',omitempty'),
  NoNewPrivileges: bool,
})

const dnsConfig = struct('swarm.DNSConfig', {
  Nameservers: field(slice(addr), ',omitempty'),
  Search: field(slice(str), ',omitempty'),
  Options: field(slice(str), ',omitempty'),
})

const secretReferenceFileTarget = struct('swarm.SecretReferenceFileTarget', {
  Name: str,
  UID: str,
  GID: str,
  Mode: fileMode,
})

const secretReference = struct('swarm.SecretReference', {
  File: ptr(secretReferenceFileTarget),
  SecretID: str,
  SecretName: str,
})

const configReferenceFileTarget = struct('swarm.ConfigReferenceFileTarget', {
  Name: str,
  UID: str,
  GID: str,
  Mode: fileMode,
})

const configReferenceRuntimeTarget = struct('swarm.ConfigReferenceRuntimeTarget', {})

const swarmConfigReference = struct('swarm.ConfigReference', {
  File: field(ptr(configReferenceFileTarget), ',omitempty'),
  Runtime: field(ptr(configReferenceRuntimeTarget), ',omitempty'),
  ConfigID: str,
  ConfigName: str,
})

/** Go's swarm.ContainerSpec. */
export const containerSpec = struct('swarm.ContainerSpec', {
  Image: field(str, ',omitempty'),
  Labels: field(map(str, str), ',omitempty'),
  Command: field(slice(str), ',omitempty'),
  Args: field(slice(str), ',omitempty'),
  Hostname: field(str, ',omitempty'),
  Env: field(slice(str), ',omitempty'),
  Dir: field(str, ',omitempty'),
  User: field(str, ',omitempty'),
  Groups: field(slice(str), ',omitempty'),
  Privileges: field(ptr(privileges), ',omitempty'),
  Init: field(ptr(bool), ',omitempty'),
  StopSignal: field(str, ',omitempty'),
  TTY: field(bool, ',omitempty'),
  OpenStdin: field(bool, ',omitempty'),
  ReadOnly: field(bool, ',omitempty'),
  Mounts: field(slice(mount), ',omitempty'),
  StopGracePeriod: field(ptr(duration), ',omitempty'),
  Healthcheck: field(ptr(healthcheckConfig), ',omitempty'),
  Hosts: field(slice(str), ',omitempty'),
  DNSConfig: field(ptr(dnsConfig), ',omitempty'),
  Secrets: field(slice(ptr(secretReference)), ',omitempty'),
  Configs: field(slice(ptr(swarmConfigReference)), ',omitempty'),
  Isolation: field(isolation, ',omitempty'),
  Sysctls: field(map(str, str), ',omitempty'),
  CapabilityAdd: field(slice(str), ',omitempty'),
  CapabilityDrop: field(slice(str), ',omitempty'),
  Ulimits: field(slice(ptr(ulimit)), ',omitempty'),
  OomScoreAdj: field(int64, ',omitempty'),
})
