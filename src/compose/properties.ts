import { dictionary } from '../go/dictionary.ts'
import { isMap, type YamlMap } from './values.ts'

/** Names properties that a stack cannot have, each with what to do instead. */
export class ForbiddenPropertiesError extends Error {
  override readonly name = 'ForbiddenPropertiesError'
  readonly properties: Record<string, string>
  constructor(properties: Record<string, string>) {
    super('Configuration contains forbidden properties')
    this.properties = properties
  }
}

const limits = 'Set resource limits using deploy.resources'
const forbidden = {
  extends: 'Support for `extends` is not implemented yet.',
  volume_driver:
    'Instead of setting the volume driver on the service, define a volume using the top-level `volumes` option and specify the driver there.',
  volumes_from:
    'To share a volume between services, define it using the top-level `volumes` option and reference it from each service that shares it using the service-level `volumes` option.',
  cpu_quota: limits,
  cpu_shares: limits,
  cpuset: limits,
  mem_limit: limits,
  memswap_limit: limits,
}

const deprecated = {
  container_name: 'Setting the container name is not supported.',
  expose:
    "Exposing ports is unnecessary - services on the same network can access each other's containers on any port.",
}

const unsupported = [
  'build',
  'cgroup_parent',
  'cgroupns_mode',
  'devices',
  'domainname',
  'external_links',
  'ipc',
  'links',
  'mac_address',
  'network_mode',
  'pid',
  'privileged',
  'restart',
  'security_opt',
  'shm_size',
  'userns_mode',
]

/** The properties of a file's services that stop it from being loaded. */
export function forbiddenProperties(content: YamlMap): Record<string, string> {
  return described([content], forbidden)
}

/** The properties of the files' services that a stack leaves out, with the reasons. */
export function deprecatedProperties(contents: readonly YamlMap[]): Record<string, string> {
  return described(contents, deprecated)
}

/** The names of properties of the files' services that a stack leaves out, in order. */
export function unsupportedProperties(contents: readonly YamlMap[]): string[] {
  const used = usedProperties(contents)
  return unsupported.filter((name) => used.has(name))
}

function described(contents: readonly YamlMap[], table: Record<string, string>): Record<string, string> {
  const used = usedProperties(contents)
  return dictionary(Object.fromEntries(Object.entries(table).filter(([name]) => used.has(name))))
}

/** The names of all properties that services have. */
function usedProperties(contents: readonly YamlMap[]): Set<string> {
  const services = contents.flatMap((content) => (isMap(content.services) ? Object.values(content.services) : []))
  return new Set(services.flatMap((service) => (isMap(service) ? Object.keys(service) : [])))
}
