import {
  command,
  duration,
  extensions,
  integer,
  listOrMap,
  mapOf,
  named,
  number,
  object,
  options,
  since,
  text,
  textOrTexts,
  texts,
  truth,
  uniqueTexts,
  type Rule,
} from './schema-rules.ts'

/** The newest minor version of the format 3. */
export const newestMinor = 13

const update = object({
  parallelism: integer,
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: number,
  order: since(4, { ...text, allowed: ['start-first', 'stop-first'] }),
})

const genericResources: Rule = {
  types: ['array'],
  items: object({ discrete_resource_spec: object({ kind: text, value: number }) }),
}

const deploy = object(
  {
    mode: text,
    endpoint_mode: since(2, text),
    replicas: integer,
    labels: listOrMap,
    rollback_config: since(7, update),
    update_config: update,
    resources: object({
      limits: object({ cpus: text, memory: text, pids: since(9, integer) }),
      reservations: object({ cpus: text, memory: text, generic_resources: since(5, genericResources) }),
    }),
    restart_policy: object({ condition: text, delay: duration, max_attempts: integer, window: duration }),
    placement: object({
      constraints: texts,
      preferences: since(3, { types: ['array'], items: object({ spread: text }) }),
      max_replicas_per_node: since(8, integer),
    }),
  },
  { types: ['object', 'null'] },
)

const healthcheck = object({
  disable: truth,
  interval: [text, since(4, duration)],
  retries: number,
  test: command,
  timeout: [text, since(4, duration)],
  start_period: since(4, duration),
  start_interval: since(12, duration),
})

const build: Rule = {
  oneOf: [
    text,
    object(
      {
        context: text,
        dockerfile: text,
        args: listOrMap,
        labels: since(3, listOrMap),
        cache_from: since(2, uniqueTexts),
        network: since(4, text),
        target: since(4, text),
        shm_size: since(5, { types: ['integer', 'string'] }),
        extra_hosts: since(9, listOrMap),
      },
      { open: { since: 11 } },
    ),
  ],
}

const fileReferences: Rule = {
  types: ['array'],
  items: {
    oneOf: [text, object({ source: text, target: text, uid: text, gid: text, mode: number }, { open: true })],
  },
}

const ports: readonly Rule[] = [
  { types: ['array'], items: { types: ['string', 'number'], format: 'ports' }, unique: true },
  {
    since: 2,
    types: ['array'],
    items: {
      oneOf: [
        { types: ['number'], format: 'ports' },
        { types: ['string'], format: 'ports' },
        object({ mode: text, target: integer, published: integer, protocol: text }),
      ],
    },
    unique: true,
  },
]

const mount = object(
  {
    type: text,
    source: text,
    target: text,
    read_only: truth,
    consistency: text,
    bind: object({ propagation: text }, { open: true }),
    volume: object({ nocopy: truth }, { open: true }),
    tmpfs: since(6, object({ size: { types: ['integer'], minimum: 0 } }, { open: true })),
  },
  { required: ['type'] },
)

const serviceNetworks: Rule = {
  oneOf: [
    uniqueTexts,
    mapOf(named, {
      oneOf: [
        object({
          aliases: uniqueTexts,
          driver_opts: since(13, options),
          ipv4_address: text,
          ipv6_address: text,
        }),
        { types: ['null'] },
      ],
    }),
  ],
}

const service = object(
  {
    deploy,
    build,
    cap_add: uniqueTexts,
    cap_drop: uniqueTexts,
    cgroupns_mode: since(9, text),
    cgroup_parent: text,
    command,
    configs: since(3, fileReferences),
    container_name: text,
    credential_spec: since(3, object({ config: since(8, text), file: text, registry: text })),
    depends_on: uniqueTexts,
    devices: uniqueTexts,
    dns: textOrTexts,
    dns_search: textOrTexts,
    domainname: text,
    entrypoint: command,
    env_file: textOrTexts,
    environment: listOrMap,
    expose: { types: ['array'], items: { types: ['string', 'number'] }, unique: true },
    external_links: uniqueTexts,
    extra_hosts: listOrMap,
    healthcheck,
    hostname: text,
    image: text,
    init: since(7, truth),
    ipc: text,
    isolation: since(5, text),
    labels: listOrMap,
    links: uniqueTexts,
    logging: object({
      driver: text,
      options: mapOf(/^.+$/, { types: ['string', 'number', 'null'] }, { open: true }),
    }),
    mac_address: text,
    network_mode: text,
    networks: serviceNetworks,
    pid: { types: ['string', 'null'] },
    ports,
    privileged: truth,
    read_only: truth,
    restart: text,
    security_opt: uniqueTexts,
    shm_size: { types: ['number', 'string'] },
    secrets: since(1, fileReferences),
    sysctls: listOrMap,
    stdin_open: truth,
    stop_grace_period: duration,
    stop_signal: text,
    tmpfs: textOrTexts,
    tty: truth,
    ulimits: mapOf(
      /^[a-z]+$/,
      { oneOf: [integer, object({ hard: integer, soft: integer }, { required: ['soft', 'hard'] })] },
      { open: true },
    ),
    oom_score_adj: since(13, integer),
    user: text,
    userns_mode: text,
    volumes: [uniqueTexts, since(2, { types: ['array'], items: { oneOf: [text, mount] } })],
    working_dir: text,
  },
  { patterns: [extensions(7)] },
)

const external: Rule = object({ name: text }, { types: ['boolean', 'object'] })

const network = object(
  {
    name: since(5, text),
    driver: text,
    driver_opts: options,
    ipam: object({ driver: text, config: { types: ['array'], items: object({ subnet: text }) } }),
    external,
    internal: truth,
    attachable: since(2, truth),
    labels: listOrMap,
  },
  { types: ['object', 'null'], patterns: [extensions(7)] },
)

const topologies: Rule = { types: ['array'], items: object({ segments: listOrMap }, { open: true }) }

const clusterVolume = object(
  {
    group: text,
    access_mode: object(
      {
        scope: text,
        sharing: text,
        block_volume: { types: ['object'], open: true },
        mount_volume: object({ fs_type: text, mount_flags: texts }, { open: true }),
      },
      { open: true },
    ),
    accessibility_requirements: object({ requisite: topologies, preferred: topologies }, { open: true }),
    capacity_range: object({ required_bytes: text, limit_bytes: text }, { open: true }),
    availability: text,
  },
  { open: true },
)

const volume = object(
  {
    name: since(4, text),
    driver: text,
    driver_opts: options,
    external,
    labels: listOrMap,
    'x-cluster-spec': since(10, clusterVolume),
  },
  { types: ['object', 'null'], patterns: [extensions(7)] },
)

const fileObject = {
  name: since(5, text),
  file: text,
  external: object({ name: text }, { types: ['boolean', 'object'], open: true }),
  labels: listOrMap,
  template_driver: since(8, text),
}
const secret = object(
  { ...fileObject, driver: since(8, text), driver_opts: since(8, options) },
  { patterns: [extensions(7)] },
)
const config = object(fileObject, { patterns: [extensions(7)] })

/** A whole file (docker/cli cli/compose/schema): one table for the versions 3.0 to 3.13, each rule with the one it came with. */
export const composeFile = object(
  {
    version: text,
    services: mapOf(named, service),
    networks: mapOf(named, network, { open: true }),
    volumes: mapOf(named, volume),
    secrets: since(1, mapOf(named, secret)),
    configs: since(3, mapOf(named, config)),
  },
  { patterns: [extensions(4)] },
)
