import { int64 } from '../../../go/int.ts'
import { parseEnv } from '../../../parse/key-value.ts'
import { updateCapabilities } from './capabilities.ts'
import { toRollbackConfig, toUpdateConfig } from './change-config.ts'
import { keysOf, updateEnv, updateGroups, updateMap, updateUlimits } from './collections.ts'
import { toLogDriver } from './create.ts'
import { updateDns } from './dns.ts'
import { given } from './given.ts'
import { updateHealthcheck } from './health.ts'
import { updateHosts } from './hosts.ts'
import type { Lookups } from './lookups.ts'
import { updateReplicas } from './mode.ts'
import { toMounts, updateMounts } from './mounts.ts'
import { updateNetworks } from './networks.ts'
import { updatePlacement } from './placement.ts'
import { updateEndpoint } from './ports.ts'
import { updateConfigs, updateSecrets, withCredentialSpec } from './references.ts'
import { updateRequirements } from './resources.ts'
import { toRestartPolicy } from './restart.ts'
import type { Container, Local, Spec, Task } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

/**
 * Gives a specification after update's options, but for what the daemon has to look up; throws for what cannot be changed so
 * (docker/cli service/update.go updateService).
 */
export function updateSpec(before: Spec, options: UpdateOptions, local: Local): Spec {
  const task = updateTask(before.TaskTemplate ?? {}, options, local)
  return {
    ...before,
    ...given({
      Labels: updateMap(before.Labels, options.labelAdd, options.labelRm),
      Mode: updateReplicas(before.Mode, options.replicas),
      UpdateConfig: toUpdateConfig(before.UpdateConfig, options),
      RollbackConfig: toRollbackConfig(before.RollbackConfig, options),
      EndpointSpec: updateEndpoint(before.EndpointSpec, options),
    }),
    TaskTemplate: task,
  }
}

/** Changes the networks, secrets, configs and credential spec as the options say, after asking the daemon for those added. */
export async function withUpdatedLookups(spec: Spec, options: UpdateOptions, lookups: Lookups): Promise<Spec> {
  const task = spec.TaskTemplate ?? {}
  const before = task.ContainerSpec ?? {}
  const Networks = await updateNetworks(task.Networks, options, lookups.networkId)
  const Secrets = await updateSecrets(before.Secrets, options, lookups.withIds)
  const Configs = await updateConfigs(before, options, lookups.withIds)
  const Privileges = withCredentialSpec(before.Privileges, options.credentialSpec, Configs)
  const container = { ...before, ...given({ Secrets, Configs, Privileges }) }
  return { ...spec, TaskTemplate: { ...task, ContainerSpec: container, ...given({ Networks }) } }
}

function updateTask(before: Task, options: UpdateOptions, local: Local): Task {
  const { logDriver, logOpt, force } = options
  return {
    ...before,
    ContainerSpec: updateContainer(before.ContainerSpec ?? {}, options, local),
    ...given({
      Resources: updateRequirements(before.Resources, options),
      RestartPolicy: toRestartPolicy(before.RestartPolicy, options),
      Placement: updatePlacement(before.Placement, options),
    }),
    ...(logDriver ? { LogDriver: toLogDriver(logDriver, logOpt, local) } : {}),
    ...(force === true ? { ForceUpdate: int64(BigInt(before.ForceUpdate ?? 0) + 1n) } : {}),
  }
}

function updateContainer(before: Container, options: UpdateOptions, local: Local): Container {
  const added = options.envAdd?.map((variable) => parseEnv(variable, local.lookup))
  return {
    ...before,
    Env: updateEnv(before.Env, added, options.envRm),
    Mounts: updateMounts(before.Mounts, toMounts(options.mountAdd ?? [], local), options.mountRm ?? []),
    Ulimits: updateUlimits(before.Ulimits, options.ulimitAdd, keysOf(options.ulimitRm)),
    ...updateCapabilities(before, options),
    ...given({
      Labels: updateMap(before.Labels, options.containerLabelAdd, options.containerLabelRm),
      Sysctls: updateMap(before.Sysctls, options.sysctlAdd, keysOf(options.sysctlRm)),
      Groups: updateGroups(before.Groups, options.groupAdd, options.groupRm),
      DNSConfig: updateDns(before.DNSConfig, options),
      Hosts: updateHosts(before.Hosts, options),
      Healthcheck: updateHealthcheck(before.Healthcheck, options),
      Image: options.image,
      Args: options.args,
      Command: options.entrypoint,
      Dir: options.workdir,
      User: options.user,
      Hostname: options.hostname,
      Init: options.init,
      Isolation: options.isolation,
      OomScoreAdj: options.oomScoreAdj,
      StopGracePeriod: options.stopGracePeriod,
      TTY: options.tty,
      ReadOnly: options.readOnly,
      StopSignal: options.stopSignal,
    }),
  }
}
