import type { ComposeConfig, CredentialSpec, Service } from '../../../compose/types.ts'
import type { Sendable } from '../../../engine/sendable.ts'
import type {
  ConfigReference,
  CredentialSpec as SwarmCredentialSpec,
  SecretReference,
  ServiceContainerSpec,
  ServiceDns,
  ServiceSpec,
} from '../../../engine/types/service.ts'
import { cliError } from '../../../errors/cli-error.ts'
import { compareStrings } from '../../../go/strings.ts'
import { effectiveCapabilities } from '../../../parse/capabilities.ts'
import { formatIp, parseIp } from '../../../parse/ip.ts'
import { toHosts } from '../../service/_spec/hosts.ts'
import { scoped, withStackLabel } from '../_namespace.ts'
import { toMount } from './mounts.ts'
import { toTaskNetworks } from './networks.ts'
import { toEndpoint, toHealthcheck, toMode, toResources, toRestartPolicy, toUpdateConfig } from './tasks.ts'

/** The label of a service that says which image its Compose file asked for. */
export const imageLabel = 'com.docker.stack.image'

/** What a service uses of the swarm's secrets and configs, with their IDs. */
export interface ServiceFiles {
  readonly secrets: SecretReference[]
  readonly configs: ConfigReference[]
}

/** The service of the swarm that one of a stack becomes; throws what cannot be one (docker/cli cli/compose/convert Service). */
export function toServiceSpec(
  stack: string,
  config: Pick<ComposeConfig, 'networks' | 'volumes'>,
  service: Service,
  files: ServiceFiles,
): Sendable<ServiceSpec> {
  const deploy = service.deploy ?? {}
  // In the reference's order, so that the first of two mistakes is the same.
  const EndpointSpec = toEndpoint(deploy.endpoint_mode, service.ports)
  const Mode = toMode(deploy)
  const Mounts = (service.volumes ?? []).map((volume) => toMount(stack, config.volumes, volume))
  const Resources = toResources(deploy.resources)
  const RestartPolicy = toRestartPolicy(service.restart, deploy.restart_policy)
  const Healthcheck = toHealthcheck(service.healthcheck)
  const Networks = toTaskNetworks(stack, config.networks, service)
  const CredentialSpec = toCredentialSpec(stack, service.credential_spec, files.configs)
  const { constraints, preferences = [], max_replicas_per_node: most } = deploy.placement ?? {}
  return {
    Name: scoped(stack, service.name),
    Labels: { ...withStackLabel(stack, deploy.labels), [imageLabel]: service.image ?? '' },
    TaskTemplate: {
      ContainerSpec: {
        ...containerOf(stack, service),
        ...(Healthcheck && { Healthcheck }),
        Mounts,
        Secrets: files.secrets,
        Configs: files.configs,
        Privileges: { CredentialSpec },
      },
      ...(service.logging && {
        LogDriver: { Name: service.logging.driver ?? '', Options: service.logging.options ?? null },
      }),
      Resources,
      ...(RestartPolicy && { RestartPolicy }),
      Placement: {
        Constraints: constraints ?? null,
        Preferences: preferences.map(({ spread = '' }) => ({ Spread: { SpreadDescriptor: spread } })),
        MaxReplicas: most ?? 0,
      },
      Networks,
    },
    EndpointSpec,
    Mode,
    UpdateConfig: toUpdateConfig(deploy.update_config) ?? null,
    RollbackConfig: toUpdateConfig(deploy.rollback_config) ?? null,
  }
}

/** What of the containers needs nothing but the service. */
function containerOf(stack: string, service: Service): Sendable<ServiceContainerSpec> {
  const { add, drop } = effectiveCapabilities(service.cap_add ?? [], service.cap_drop ?? [])
  return {
    Image: service.image ?? '',
    Command: service.entrypoint ?? null,
    Args: service.command ?? null,
    Hostname: service.hostname ?? '',
    Hosts: toHosts((service.extra_hosts ?? []).filter((host) => host.includes(':'))),
    DNSConfig: toDns(service.dns, service.dns_search),
    Env: toEnvironment(service.environment),
    Labels: withStackLabel(stack, service.labels),
    Dir: service.working_dir ?? '',
    User: service.user ?? '',
    StopGracePeriod: service.stop_grace_period ?? null,
    StopSignal: service.stop_signal ?? '',
    TTY: service.tty ?? false,
    OpenStdin: service.stdin_open ?? false,
    ReadOnly: service.read_only ?? false,
    Isolation: service.isolation ?? '',
    Init: service.init ?? null,
    Sysctls: service.sysctls ?? null,
    CapabilityAdd: add,
    CapabilityDrop: drop,
    Ulimits: toUlimits(service.ulimits),
    OomScoreAdj: service.oom_score_adj ?? 0,
  }
}

/** Variables sorted; one without a value is its name alone. */
function toEnvironment(environment: Service['environment'] = {}): string[] {
  return Object.entries(environment)
    .map(([name, value]) => (value === null ? name : `${name}=${value}`))
    .toSorted(compareStrings)
}

/** What is no address is passed over without a word, as the reference does. */
function toDns(servers: readonly string[] = [], search: string[] = []): ServiceDns | null {
  if (servers.length === 0 && search.length === 0) return null
  const addresses = servers.flatMap((text) => {
    try {
      return formatIp(parseIp(text))
    } catch {
      return []
    }
  })
  return { Nameservers: addresses, Search: search }
}

/** Limits sorted by name. */
function toUlimits(ulimits: Service['ulimits'] = {}): Sendable<NonNullable<ServiceContainerSpec['Ulimits']>> {
  const limits = Object.entries(ulimits).map(([name, limit]) => ({
    Name: name,
    Soft: limit?.single || (limit?.soft ?? 0),
    Hard: limit?.single || (limit?.hard ?? 0),
  }))
  return limits.toSorted((a, b) => compareStrings(a.Name, b.Name))
}

/** The credential spec with its config's ID; throws where it comes from two places, or from a config that is none of `configs`. */
function toCredentialSpec(
  stack: string,
  { config = '', file = '', registry = '' }: CredentialSpec = {},
  configs: readonly ConfigReference[],
): SwarmCredentialSpec | null {
  const places = Object.entries({ Config: config, File: file, Registry: registry }).filter(([, value]) => value !== '')
  const names = places.map(([name]) => `"${name}"`)
  if (names.length === 0) return null
  if (names.length > 1) {
    const both = names.length === 2 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`
    throw cliError(`invalid credential spec: cannot specify both ${both}`)
  }
  if (config === '') return { Config: '', File: file, Registry: registry }
  const used =
    configs.find(({ ConfigName }) => ConfigName === config) ??
    configs.find(({ ConfigName }) => ConfigName === scoped(stack, config))
  if (used === undefined) {
    throw cliError(`invalid credential spec: spec specifies config ${config}, but no such config can be found`)
  }
  return { Config: used.ConfigID ?? '', File: '', Registry: '' }
}
