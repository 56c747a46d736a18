import { parseVolume } from '../parse/volume.ts'
import {
  command,
  count,
  duration,
  environment,
  float32,
  healthTest,
  hosts,
  integer,
  labels,
  size,
  text,
  textMap,
  textOrTexts,
  texts,
  textsOrNumbers,
  truth,
  unsigned,
  unsigned32,
} from './kinds.ts'
import { readPorts } from './ports.ts'
import { keyed, list, mapOf, set, short, struct, type Field, type Kind } from './shape.ts'
import type {
  BuildConfig,
  CredentialSpec,
  Deploy,
  FileReference,
  GenericResource,
  HealthCheck,
  Logging,
  Placement,
  ResourceLimit,
  ResourceReservation,
  Resources,
  RestartPolicy,
  Service,
  ServiceNetwork,
  ServicePort,
  ServiceVolume,
  Ulimit,
  UpdateConfig,
} from './types.ts'
import { dictionary } from '../go/dictionary.ts'
import { goType, isMap, type YamlMap, type YamlValue } from './values.ts'

/** A kind under the name that the file has it by, in messages too. */
const plain = <T>(as: string, kind: Kind<T>): Field<T> => ({ kind, as })

/** A text is the value of one property of the mapping that it is short for. */
const shortFor =
  (property: string) =>
  (value: YamlValue): YamlValue =>
    typeof value === 'string' ? dictionary<YamlValue>({ [property]: value }) : value

const build = short(
  struct<BuildConfig>({
    context: text,
    dockerfile: text,
    args: environment,
    labels,
    cache_from: textOrTexts,
    extra_hosts: hosts,
    network: text,
    target: text,
  }),
  shortFor('context'),
)

const update = set(
  struct<UpdateConfig>({
    parallelism: count,
    delay: duration,
    failure_action: text,
    monitor: duration,
    max_failure_ratio: float32,
    order: text,
  }),
)

const discreteFields = set(
  struct<NonNullable<GenericResource['discrete_resource_spec']>>({ kind: set(text), value: set(integer) }),
)
/** Both are written whether they are set or not. */
const discrete = {
  ...discreteFields,
  read: (value: YamlValue) => ({ kind: '', value: 0, ...discreteFields.read(value) }),
}
const limits = struct<ResourceLimit>({
  cpus: plain('cpus', text),
  memory: plain('memory', size),
  pids: plain('pids', integer),
})
const reservations = struct<ResourceReservation>({
  cpus: plain('cpus', text),
  memory: plain('memory', size),
  generic_resources: list(struct<GenericResource>({ discrete_resource_spec: discrete })),
})
const restartPolicy = struct<RestartPolicy>({
  condition: text,
  delay: set(duration),
  max_attempts: count,
  window: set(duration),
})
const placement = struct<Placement>({
  constraints: texts,
  preferences: list(struct<{ spread?: string }>({ spread: text })),
  max_replicas_per_node: unsigned,
})

const deploy = struct<Deploy>({
  mode: text,
  replicas: count,
  labels,
  update_config: update,
  rollback_config: update,
  resources: struct<Resources>({ limits: set(limits), reservations: set(reservations) }),
  restart_policy: set(restartPolicy),
  placement,
  endpoint_mode: text,
})

const healthcheck = struct<HealthCheck>({
  test: healthTest,
  timeout: set(duration),
  interval: set(duration),
  retries: count,
  start_period: set(duration),
  start_interval: set(duration),
  disable: truth,
})

const loggingFields = set(struct<Logging>({ driver: text, options: textMap }))
const logging: Kind<Logging> = {
  ...loggingFields,
  merge: (base, override) => {
    if (override?.driver && base.driver && override.driver !== base.driver) return override
    const { options, ...merged } = loggingFields.merge(base, override)
    // Options that only the second file has are lost, as in the reference.
    return base.options && options ? { ...merged, options } : merged
  },
}

const fileReference = short(
  struct<FileReference>({
    source: text,
    target: text,
    uid: plain('UID', text),
    gid: plain('GID', text),
    mode: set(unsigned32),
  }),
  shortFor('source'),
)

const fileReferences = keyed(list(fileReference), ({ source = '' }) => source)

const network = struct<ServiceNetwork>({
  aliases: texts,
  driver_opts: textMap,
  ipv4_address: text,
  ipv6_address: text,
})

/** The aliases of the second file go before those of the first even where it has none; the driver's options stay. */
function mergeNetwork(base: ServiceNetwork | null, override: ServiceNetwork | null): ServiceNetwork | null {
  if (!base || !override) return base ?? override
  const { aliases: _, ...rest } = base
  const { aliases, ipv4_address, ipv6_address } = override
  return {
    ...rest,
    ...(aliases ? { aliases } : {}),
    ...(ipv4_address ? { ipv4_address } : {}),
    ...(ipv6_address ? { ipv6_address } : {}),
  }
}

const networks = short(
  mapOf<ServiceNetwork, null>(network, () => null, mergeNetwork),
  (value) =>
    Array.isArray(value)
      ? dictionary<YamlValue>(Object.fromEntries(value.map((name) => [name, null])) as YamlMap)
      : value,
)

const port = struct<ServicePort>({ mode: text, target: unsigned32, published: unsigned32, protocol: text })

const ulimitFields = struct<Ulimit>({ single: integer, soft: integer, hard: integer })
const ulimit: Kind<Ulimit> = {
  ...ulimitFields,
  read: (value) => {
    if (typeof value === 'bigint') return { single: integer.read(value) }
    if (!isMap(value)) throw new Error(`invalid type ${goType(value)} for ulimits`)
    return ulimitFields.read(value)
  },
  write: (value) => (Number(value.single ?? 0) === 0 ? ulimitFields.write(value) : integer.write(value.single!)),
}

const mount = struct<ServiceVolume>({
  type: text,
  source: text,
  target: text,
  read_only: truth,
  consistency: text,
  bind: set(struct<NonNullable<ServiceVolume['bind']>>({ propagation: text })),
  volume: set(
    struct<NonNullable<ServiceVolume['volume']>>({ nocopy: plain('nocopy', truth), subpath: plain('subpath', text) }),
  ),
  image: set(struct<NonNullable<ServiceVolume['image']>>({ subpath: plain('subpath', text) })),
  tmpfs: set(struct<NonNullable<ServiceVolume['tmpfs']>>({ size: integer })),
  cluster: set(struct<NonNullable<ServiceVolume['cluster']>>({})),
})
const volume: Kind<ServiceVolume> = {
  ...mount,
  read: (value) => (typeof value === 'string' ? shortVolume(value) : mount.read(value)),
}

function shortVolume(spec: string): ServiceVolume {
  const { type, source, target, readOnly, noCopy, propagation } = parseVolume(spec)
  return {
    type,
    ...(source === '' ? {} : { source }),
    ...(target === '' ? {} : { target }),
    ...(readOnly ? { read_only: true } : {}),
    ...(propagation === '' ? {} : { bind: { propagation } }),
    ...(noCopy ? { volume: { nocopy: true } } : {}),
  }
}

/** `oom_score_adj` is checked and then left out, as in the reference. */
export type LoadedService = Omit<Service, 'name' | 'extras' | 'oom_score_adj'>

/** A service in the order in which the reference writes one; warnings of the ports' short form go to `warn`. */
export const serviceShape = (warn: (message: string) => void = () => {}): Kind<LoadedService> =>
  struct<LoadedService>({
    build,
    cap_add: texts,
    cap_drop: texts,
    cgroupns_mode: text,
    cgroup_parent: text,
    command,
    configs: fileReferences,
    container_name: text,
    credential_spec: struct<CredentialSpec>({ config: text, file: text, registry: text }),
    depends_on: texts,
    deploy,
    devices: texts,
    dns: plain('DNS', textOrTexts),
    dns_search: textOrTexts,
    domainname: plain('domainname', text),
    entrypoint: command,
    environment,
    env_file: textOrTexts,
    expose: textsOrNumbers,
    external_links: texts,
    extra_hosts: hosts,
    hostname: text,
    healthcheck: plain('HealthCheck', set(healthcheck)),
    image: text,
    init: set(truth),
    ipc: text,
    isolation: plain('isolation', text),
    labels,
    links: texts,
    logging,
    mac_address: text,
    network_mode: text,
    networks,
    pid: text,
    ports: keyed(
      short(list(port), (value) => readPorts(value, warn)),
      ({ published = 0 }) => published,
    ),
    privileged: truth,
    read_only: truth,
    restart: text,
    secrets: fileReferences,
    security_opt: texts,
    shm_size: text,
    stdin_open: truth,
    stop_grace_period: set(duration),
    stop_signal: text,
    sysctls: labels,
    tmpfs: textOrTexts,
    tty: plain('tty', truth),
    ulimits: mapOf<Ulimit, null>(
      ulimit,
      () => null,
      (base, override) => override ?? base,
    ),
    user: text,
    userns_mode: text,
    volumes: keyed(list(volume), ({ target = '' }) => target),
    working_dir: text,
  })
