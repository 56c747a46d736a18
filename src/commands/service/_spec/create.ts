import { effectiveCapabilities } from '../../../parse/capabilities.ts'
import { parseEnv, toMap } from '../../../parse/key-value.ts'
import { toRollbackConfig, toUpdateConfig } from './change-config.ts'
import { toEnv } from './collections.ts'
import type { CreateOptions } from './create-flags.ts'
import { given } from './given.ts'
import { toHealthcheck } from './health.ts'
import { toHosts } from './hosts.ts'
import type { Lookups } from './lookups.ts'
import { toMode } from './mode.ts'
import { toMounts } from './mounts.ts'
import { toNetworks } from './networks.ts'
import { toPlacement } from './placement.ts'
import { toConfigs, toSecrets, withCredentialSpec } from './references.ts'
import { toRequirements } from './resources.ts'
import { toRestartPolicy } from './restart.ts'
import type { Container, Local, Spec } from './spec.ts'

/** What create's arguments and files say besides its options. */
export interface CreateInput {
  readonly image: string
  readonly args: readonly string[]
  /** The variables of `--env-file`. */
  readonly fileEnv: readonly string[]
}

/**
 * Turns create's options into a specification, but for what the daemon has to look up; throws for what cannot go together
 * (docker/cli service/opts.go ToService).
 */
export function toServiceSpec(options: CreateOptions, input: CreateInput, local: Local): Spec {
  const container = toContainer(options, input, local)
  const mode = toMode(options)
  const updateConfig = toUpdateConfig(undefined, options)
  const rollbackConfig = toRollbackConfig(undefined, options)
  if ((mode.ReplicatedJob || mode.GlobalJob) && (updateConfig || rollbackConfig)) {
    throw new Error('update and rollback configuration is not supported for jobs')
  }
  return {
    Name: options.name ?? '',
    Labels: toMap(options.label ?? []),
    TaskTemplate: {
      ContainerSpec: container,
      Resources: toRequirements(options),
      ...given({ RestartPolicy: toRestartPolicy(undefined, options) }),
      Placement: toPlacement(options),
      ...(options.logDriver ? { LogDriver: toLogDriver(options.logDriver, options.logOpt, local) } : {}),
    },
    Mode: mode,
    ...given({ UpdateConfig: updateConfig, RollbackConfig: rollbackConfig }),
    EndpointSpec: { Mode: (options.endpointMode ?? 'vip').toLowerCase(), ...given({ Ports: options.publish }) },
  }
}

/** Adds the networks, secrets and configs that the options name, as the daemon knows them (docker/cli service/create.go). */
export async function withLookups(spec: Spec, options: CreateOptions, lookups: Lookups): Promise<Spec> {
  const { network = [], secret = [], config = [], credentialSpec } = options
  const Networks = await toNetworks(network, lookups.networkId)
  const Secrets = await toSecrets(secret, lookups.withIds)
  const Configs = await toConfigs(config, credentialSpec?.Config, lookups.withIds)
  const Privileges = withCredentialSpec(undefined, credentialSpec, Configs)
  const container = { ...spec.TaskTemplate?.ContainerSpec, Secrets, Configs, ...given({ Privileges }) }
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: container, Networks } }
}

/** A log driver and its options; an option without a value gets it from the caller's environment. */
export function toLogDriver(name: string, options: readonly string[] = [], { lookup }: Local) {
  return { Name: name, Options: toMap(options.map((option) => parseEnv(option, lookup))) }
}

function toContainer(options: CreateOptions, { image, args, fileEnv }: CreateInput, local: Local): Container {
  const env = [...fileEnv, ...(options.env ?? []).map((variable) => parseEnv(variable, local.lookup))]
  const capabilities = effectiveCapabilities(options.capAdd ?? [], options.capDrop ?? [])
  return {
    Image: image,
    Args: [...args],
    Env: toEnv(env),
    Labels: toMap(options.containerLabel ?? []),
    Mounts: toMounts(options.mount ?? [], local),
    Init: options.init ?? false,
    DNSConfig: given({ Nameservers: options.dns, Search: options.dnsSearch, Options: options.dnsOption }),
    Hosts: toHosts(options.host ?? []),
    Sysctls: toMap(options.sysctl ?? []),
    CapabilityAdd: capabilities.add,
    CapabilityDrop: capabilities.drop,
    ...given({
      Command: options.entrypoint,
      Hostname: options.hostname,
      Dir: options.workdir,
      User: options.user,
      Groups: options.group,
      StopSignal: options.stopSignal,
      TTY: options.tty,
      ReadOnly: options.readOnly,
      StopGracePeriod: options.stopGracePeriod,
      Healthcheck: toHealthcheck(options),
      Isolation: options.isolation,
      Ulimits: options.ulimit?.toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
      OomScoreAdj: options.oomScoreAdj,
    }),
  }
}
