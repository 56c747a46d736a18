import type {
  Deploy,
  HealthCheck,
  Resources,
  RestartPolicy,
  ServicePort,
  UpdateConfig,
} from '../../../compose/types.ts'
import type { Sendable } from '../../../engine/sendable.ts'
import type { HealthConfig } from '../../../engine/types/container.ts'
import type {
  ServiceEndpointSpec,
  ServiceMode,
  ServiceUpdateConfig,
  TaskRequirements,
  TaskRestartPolicy,
} from '../../../engine/types/service.ts'
import { cliError } from '../../../errors/cli-error.ts'
import { compareStrings } from '../../../go/strings.ts'
import { parseCpus } from '../../../parse/cpus.ts'
import { parseRestartPolicy } from '../../../parse/restart.ts'

/** How many tasks a service has; throws for a mode that takes no `replicas` (docker/cli convertDeployMode). */
export function toMode({ mode, replicas }: Deploy): Sendable<ServiceMode> {
  const counted = replicas === undefined ? {} : { Replicas: replicas }
  if (!mode || mode === 'replicated') return { Replicated: counted }
  if (mode === 'replicated-job') {
    return { ReplicatedJob: replicas === undefined ? {} : { MaxConcurrent: replicas, TotalCompletions: replicas } }
  }
  if (mode !== 'global' && mode !== 'global-job') throw cliError(`unknown mode: ${mode}`)
  if (replicas !== undefined) throw cliError('replicas can only be used with replicated or replicated-job mode')
  return mode === 'global' ? { Global: {} } : { GlobalJob: {} }
}

/** How a service is reached, its ports sorted (moby/api swarm PortConfig.Compare). */
export function toEndpoint(mode: string | undefined, ports: readonly ServicePort[] = []): ServiceEndpointSpec {
  const sorted = ports.toSorted(
    (a, b) =>
      (a.published ?? 0) - (b.published ?? 0) ||
      (a.target ?? 0) - (b.target ?? 0) ||
      compareStrings(a.protocol ?? '', b.protocol ?? '') ||
      compareStrings(a.mode ?? '', b.mode ?? ''),
  )
  return {
    Mode: (mode ?? '').toLowerCase(),
    Ports: sorted.map(({ protocol = '', target = 0, published = 0, mode: publishMode = '' }) => ({
      Protocol: protocol,
      TargetPort: target,
      PublishedPort: published,
      PublishMode: publishMode,
    })),
  }
}

/** What tasks may use and have reserved; throws for a number of CPUs that is none. */
export function toResources({ limits, reservations }: Resources = {}): Sendable<TaskRequirements> {
  return {
    ...(limits && { Limits: { ...measured(limits), Pids: limits.pids ?? 0 } }),
    ...(reservations && {
      Reservations: {
        ...measured(reservations),
        GenericResources: (reservations.generic_resources ?? []).map(({ discrete_resource_spec: spec }) =>
          spec === undefined ? {} : { DiscreteResourceSpec: { Kind: spec.kind ?? '', Value: spec.value ?? 0 } },
        ),
      },
    }),
  }
}

function measured({ cpus, memory }: NonNullable<Resources['limits']>) {
  return { NanoCPUs: cpus ? parseCpus(cpus) : 0, MemoryBytes: memory ?? 0 }
}

/** When tasks are started anew: by the service's `deploy`, else by its `restart` of old; throws for what that cannot be. */
export function toRestartPolicy(
  restart: string | undefined,
  policy: RestartPolicy | undefined,
): Sendable<TaskRestartPolicy> | undefined {
  if (policy !== undefined) {
    const { condition, delay, max_attempts: attempts, window } = policy
    return { Condition: condition ?? '', Delay: delay ?? null, MaxAttempts: attempts ?? null, Window: window ?? null }
  }
  if (!restart) return undefined
  const { Name: name, MaximumRetryCount: count } = parseRestartPolicy(restart)
  if (count < 0) throw cliError('invalid restart policy: maximum retry count cannot be negative')
  const attempts = count > 0 ? { MaxAttempts: count } : {}
  if (name === 'no' || name === '') return undefined
  if (name === 'on-failure') return { Condition: name, ...attempts }
  if (name === 'always' || name === 'unless-stopped') return { Condition: 'any', ...attempts }
  throw cliError(
    `invalid restart policy: unknown policy '${name}' (must be one of 'no', 'always', 'on-failure', or 'unless-stopped')`,
  )
}

/** How a container's health is checked; throws where it is both checked and not. */
export function toHealthcheck(check: HealthCheck | undefined): Sendable<HealthConfig> | undefined {
  if (check === undefined) return undefined
  const { test = [], disable, interval, timeout, start_period: startPeriod, start_interval: startInterval } = check
  if (disable) {
    if (test.length > 0) throw cliError("test and disable can't be set at the same time")
    return { Test: ['NONE'] }
  }
  return {
    Test: test,
    Interval: interval,
    Timeout: timeout,
    StartPeriod: startPeriod,
    StartInterval: startInterval,
    Retries: check.retries,
  }
}

/** How tasks are replaced, one at a time unless said otherwise. */
export function toUpdateConfig(update: UpdateConfig | undefined): Sendable<ServiceUpdateConfig> | undefined {
  if (update === undefined) return undefined
  return {
    Parallelism: update.parallelism ?? 1,
    Delay: update.delay ?? 0,
    FailureAction: update.failure_action ?? '',
    Monitor: update.monitor ?? 0,
    MaxFailureRatio: update.max_failure_ratio ?? 0,
    Order: update.order ?? '',
  }
}
