import type { PortMap } from '../../../engine/types/network.ts'
import { requestedCapabilities } from '../../../parse/capabilities.ts'
import { cut } from '../../../parse/cut.ts'
import { toAbsoluteMount } from '../../../parse/mount.ts'
import type { RestartPolicy } from '../../../parse/restart.ts'
import type { SecurityOptions } from '../../../parse/security-opt.ts'
import { ifAny, orNull } from './fields.ts'
import type { ConfigOptions } from './flags.ts'
import { toResources, type Devices } from './resources.ts'

/** What the checks before it made of the options that tie the container to its host. */
export interface HostParts {
  readonly binds: string[]
  readonly bindings: PortMap
  readonly devices: Devices
  readonly modes: { PidMode: string; UTSMode: string; UsernsMode: string; CgroupnsMode: string }
  readonly restart: RestartPolicy
  readonly logOptions: Record<string, string>
  readonly security: SecurityOptions
  readonly storage: Record<string, string>
}

/** Gives the part of the request that ties the container to its host, every field that the reference sends in it. */
export function toHostConfig(options: ConfigOptions, getwd: () => string, parts: HostParts) {
  const paths = parts.security.unconfinedPaths ? [] : null
  return {
    Binds: orNull(parts.binds),
    ContainerIDFile: options.cidfile ?? '',
    LogConfig: { Type: options.logDriver ?? '', Config: parts.logOptions },
    NetworkMode: options.network?.[0]?.target ?? 'default',
    PortBindings: parts.bindings,
    RestartPolicy: parts.restart,
    AutoRemove: options.rm ?? false,
    VolumeDriver: options.volumeDriver ?? '',
    VolumesFrom: options.volumesFrom ?? null,
    ConsoleSize: [0, 0] as [number, number],
    ...ifAny('Annotations', options.annotation),
    CapAdd: orNull(requestedCapabilities(options.capAdd ?? [])),
    CapDrop: orNull(requestedCapabilities(options.capDrop ?? [])),
    Dns: options.dns ?? null,
    DnsOptions: options.dnsOption ?? [],
    DnsSearch: options.dnsSearch ?? [],
    ExtraHosts: options.addHost ?? null,
    GroupAdd: options.groupAdd ?? null,
    IpcMode: options.ipc ?? '',
    Cgroup: '',
    Links: options.link ?? null,
    OomScoreAdj: options.oomScoreAdj ?? 0,
    ...parts.modes,
    Privileged: options.privileged ?? false,
    PublishAllPorts: options.publishAll ?? false,
    ReadonlyRootfs: options.readOnly ?? false,
    SecurityOpt: options.securityOpt === undefined ? null : parts.security.options,
    ...ifAny('StorageOpt', parts.storage),
    ...ifAny('Tmpfs', toTmpfs(options.tmpfs ?? [])),
    ShmSize: options.shmSize ?? 0,
    ...ifAny('Sysctls', options.sysctl),
    ...(options.runtime ? { Runtime: options.runtime } : {}),
    Isolation: options.isolation ?? '',
    ...toResources(options, parts.devices),
    ...ifAny(
      'Mounts',
      options.mount?.map((mount) => toAbsoluteMount(mount, getwd)),
    ),
    MaskedPaths: paths,
    ReadonlyPaths: paths,
    ...(options.init === undefined ? {} : { Init: options.init }),
  }
}

function toTmpfs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text) => cut(text, ':')).map(({ before, after }) => [before, after]))
}
