import type { Int64 } from '../go/int.ts'
import type { YamlMap } from './values.ts'

/**
 * The compose model (docker/cli cli/compose/types): names are the file's own, short forms are spelled out, and what the files
 * do not set is absent. The reference's zero values (`""`, `0`, `false`, an empty list) count as not set, but where a comment
 * says otherwise.
 */
export interface ComposeConfig {
  version: string
  /** By name. */
  services: Service[]
  networks: Record<string, NetworkConfig>
  volumes: Record<string, VolumeConfig>
  secrets: Record<string, FileObjectConfig>
  configs: Record<string, FileObjectConfig>
  extras: Extras
}

/** The extensions `x-…` of a section, kept as they are. */
export type Extras = YamlMap

/** Nanoseconds. */
export type Duration = bigint

/** Null is a name without a value, which is taken from the environment or left without one. */
export type NullableMap = Record<string, string | null>
export type StringMap = Record<string, string>

export interface Service {
  name: string
  build?: BuildConfig
  cap_add?: string[]
  cap_drop?: string[]
  cgroupns_mode?: string
  cgroup_parent?: string
  command?: string[]
  configs?: FileReference[]
  container_name?: string
  credential_spec?: CredentialSpec
  depends_on?: string[]
  deploy?: Deploy
  devices?: string[]
  dns?: string[]
  dns_search?: string[]
  domainname?: string
  entrypoint?: string[]
  environment?: NullableMap
  env_file?: string[]
  expose?: string[]
  external_links?: string[]
  /** Each `host:ip`. */
  extra_hosts?: string[]
  hostname?: string
  healthcheck?: HealthCheck
  image?: string
  /** False is not the same as not set. */
  init?: boolean
  ipc?: string
  isolation?: string
  labels?: StringMap
  links?: string[]
  logging?: Logging
  mac_address?: string
  network_mode?: string
  /** Null joins the network without options. */
  networks?: Record<string, ServiceNetwork | null>
  pid?: string
  ports?: ServicePort[]
  privileged?: boolean
  read_only?: boolean
  restart?: string
  secrets?: FileReference[]
  security_opt?: string[]
  shm_size?: string
  stdin_open?: boolean
  /** Zero is not the same as not set. */
  stop_grace_period?: Duration
  stop_signal?: string
  sysctls?: StringMap
  tmpfs?: string[]
  tty?: boolean
  ulimits?: Record<string, Ulimit | null>
  user?: string
  /** Never read, which is the reference's way with it; kept for those who make a service by themselves. */
  oom_score_adj?: Int64
  userns_mode?: string
  volumes?: ServiceVolume[]
  working_dir?: string
  extras?: Extras
}

export interface BuildConfig {
  context?: string
  dockerfile?: string
  args?: NullableMap
  labels?: StringMap
  cache_from?: string[]
  extra_hosts?: string[]
  network?: string
  target?: string
}

export interface Logging {
  driver?: string
  options?: StringMap
}

export interface Deploy {
  mode?: string
  /** Zero is not the same as not set. */
  replicas?: Int64
  labels?: StringMap
  update_config?: UpdateConfig
  rollback_config?: UpdateConfig
  resources?: Resources
  restart_policy?: RestartPolicy
  placement?: Placement
  endpoint_mode?: string
}

/** Zero timings and retries are not the same as those not set. */
export interface HealthCheck {
  test?: string[]
  timeout?: Duration
  interval?: Duration
  retries?: Int64
  start_period?: Duration
  start_interval?: Duration
  disable?: boolean
}

export interface UpdateConfig {
  /** Zero, all at once, is not the same as not set. */
  parallelism?: Int64
  delay?: Duration
  failure_action?: string
  monitor?: Duration
  /** Of 32 bits. */
  max_failure_ratio?: number
  order?: string
}

export interface Resources {
  limits?: ResourceLimit
  reservations?: ResourceReservation
}

export interface ResourceLimit {
  /** A decimal number of CPUs, as the file has it. */
  cpus?: string
  /** Bytes. */
  memory?: Int64
  pids?: Int64
}

export interface ResourceReservation {
  cpus?: string
  memory?: Int64
  generic_resources?: GenericResource[]
}

export interface GenericResource {
  discrete_resource_spec?: { kind?: string; value?: Int64 }
}

/** Zero attempts and timings are not the same as those not set. */
export interface RestartPolicy {
  condition?: string
  delay?: Duration
  max_attempts?: Int64
  window?: Duration
}

export interface Placement {
  constraints?: string[]
  preferences?: { spread?: string }[]
  max_replicas_per_node?: Int64
}

export interface ServiceNetwork {
  aliases?: string[]
  driver_opts?: StringMap
  ipv4_address?: string
  ipv6_address?: string
}

export interface ServicePort {
  mode?: string
  target?: number
  published?: number
  protocol?: string
}

export interface ServiceVolume {
  type?: string
  source?: string
  target?: string
  read_only?: boolean
  consistency?: string
  bind?: { propagation?: string }
  volume?: { nocopy?: boolean; subpath?: string }
  image?: { subpath?: string }
  /** The size in bytes. */
  tmpfs?: { size?: Int64 }
  cluster?: Record<string, never>
}

/** A secret or config as a service uses it. */
export interface FileReference {
  source?: string
  target?: string
  uid?: string
  gid?: string
  /** Zero is not the same as not set. */
  mode?: number
}

/** One number for both limits, or the two. */
export interface Ulimit {
  single?: Int64
  soft?: Int64
  hard?: Int64
}

export interface CredentialSpec {
  config?: string
  file?: string
  registry?: string
}

/** An object that the stack does not make; `name` is the deprecated way to name it, and moves to the object's own when loaded. */
export interface External {
  name?: string
  external?: boolean
}

export interface NetworkConfig {
  name?: string
  driver?: string
  driver_opts?: StringMap
  ipam?: { driver?: string; config?: ({ subnet?: string } | null)[] }
  external?: External
  internal?: boolean
  attachable?: boolean
  labels?: StringMap
  extras?: Extras
}

export interface VolumeConfig {
  name?: string
  driver?: string
  driver_opts?: StringMap
  external?: External
  labels?: StringMap
  extras?: Extras
  'x-cluster-spec'?: ClusterVolumeSpec
}

/** What a cluster (CSI) volume asks for. */
export interface ClusterVolumeSpec {
  group?: string
  access_mode?: {
    scope?: string
    sharing?: string
    mount_volume?: { fs_type?: string; mount_flags?: string[] }
    block_volume?: Record<string, never>
  }
  accessibility_requirements?: { requisite?: Topology[]; preferred?: Topology[] }
  capacity_range?: { required_bytes?: Int64; limit_bytes?: Int64 }
  secrets?: { key?: string; secret?: string }[]
  availability?: string
}

export interface Topology {
  segments?: StringMap
}

/** A secret or config of the stack. */
export interface FileObjectConfig {
  name?: string
  /** Absolute, but for those that are external or of a driver. */
  file?: string
  external?: External
  labels?: StringMap
  extras?: Extras
  driver?: string
  driver_opts?: StringMap
  template_driver?: string
}
