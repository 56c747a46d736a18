import { bool, bytes, duration, int, int64, list, string, uint64, value } from '../../../cli/flags.ts'
import { parseDuration } from '../../../go/duration.ts'
import { parseFloat32 } from '../../../parse/bytes.ts'
import { parseCpus } from '../../../parse/cpus.ts'
import { parseCredentialSpec } from '../../../parse/credential-spec.ts'
import { parseEnv } from '../../../parse/key-value.ts'
import { splitWords } from '../../../parse/shell-words.ts'

/**
 * The flags that create and update share; only of a new service does help tell what is done unless a flag is set
 * (docker/cli service/opts.go addServiceFlags).
 */
export function specFlags({ isNew }: { isNew: boolean }) {
  const unlessSet: UnlessSet = (summary, value) => (isNew ? `${summary}, ${value} unless set` : summary)
  return {
    ...containerFlags(unlessSet),
    ...healthFlags,
    ...resourceFlags,
    ...taskFlags(unlessSet),
    ...changeFlags(unlessSet, (value) => (isNew ? { shownDefault: value } : {})),
    detach: bool('Return at once instead of waiting until the service has converged', { short: 'd', since: '1.29' }),
    noResolveImage: bool("Leave the image's digest and platforms unasked for", { since: '1.30' }),
    quiet: bool('Hide the progress', { short: 'q' }),
    withRegistryAuth: bool("Send the registry's credentials to the nodes of the swarm"),
  } as const
}

/** A flag's summary with what is done where it is not set. */
type UnlessSet = (summary: string, value: string) => string

const containerFlags = (unlessSet: UnlessSet) =>
  ({
    capAdd: list('Linux capability to add', { since: '1.41', complete: 'capabilities' }),
    capDrop: list('Linux capability to drop', { since: '1.41', complete: 'capabilities' }),
    credentialSpec: value(
      'credential-spec',
      'Credential spec of a managed service account, config://NAME, file://NAME or registry://KEY (Windows only)',
      parseCredentialSpec,
      { since: '1.29' },
    ),
    entrypoint: words("Entrypoint to use instead of the image's, a line of shell words"),
    hostname: string('Host name of the containers', { since: '1.25' }),
    init: bool('Run an init process as PID 1 to forward signals and reap zombies', { since: '1.37' }),
    isolation: string('Isolation technology of the containers', { since: '1.35' }),
    logDriver: string('Log driver of the containers'),
    logOpt: list('Log driver option, KEY=VALUE', { read: (text) => parseEnv(text, () => undefined) }),
    oomScoreAdj: int64('OOM score adjustment, -1000 to 1000', { since: '1.46' }),
    readOnly: bool('Mount the root file system read-only', { since: '1.28' }),
    stopGracePeriod: duration(unlessSet('How long a container may take to stop before it is killed', '10s')),
    stopSignal: string('Signal sent to stop a container', { since: '1.28', complete: 'signals' }),
    tty: bool('Allocate a pseudo-TTY for the containers', { short: 't', since: '1.25' }),
    user: string('User to run as, NAME|UID[:GROUP|GID]', { short: 'u' }),
    workdir: string('Working directory in the containers', { short: 'w' }),
  }) as const

const healthFlags = {
  healthCmd: string('Health check command', { since: '1.25' }),
  healthInterval: positiveDuration('Health check interval', '1.25'),
  healthRetries: int('Consecutive health check failures before a container is unhealthy', { since: '1.25' }),
  healthStartInterval: positiveDuration('Health check interval during the start period', '1.44'),
  healthStartPeriod: positiveDuration('Start period in which failed health checks do not count', '1.29'),
  healthTimeout: positiveDuration('Health check timeout', '1.25'),
  noHealthcheck: bool("Disable the image's health check", { since: '1.25' }),
} as const

const resourceFlags = {
  limitCpu: cpus('CPU limit of a task as a number of CPUs, such as "1.5"'),
  limitMemory: bytes('Memory limit of a task, such as "512m"'),
  limitPids: int64('Limit of processes (PIDs) of a task; 0 for unlimited', { since: '1.41' }),
  memorySwap: bytes('Limit of swap of a task', { since: '1.52' }),
  memorySwappiness: int64('Memory swappiness, 0 to 100; -1 for the default', { since: '1.52', shownDefault: '-1' }),
  reserveCpu: cpus('CPUs to reserve for a task, such as "0.5"'),
  reserveMemory: bytes('Memory to reserve for a task, such as "256m"'),
} as const

const taskFlags = (unlessSet: UnlessSet) =>
  ({
    maxConcurrent: uint64(unlessSet('Tasks of a job that run at the same time', 'all'), {
      since: '1.41',
    }),
    replicas: uint64('Number of tasks'),
    replicasMaxPerNode: uint64('Most tasks on one node; 0 for unlimited', { since: '1.40' }),
    restartCondition: string(unlessSet('When to restart tasks: "none", "on-failure" or "any"', '"any"'), {
      complete: 'restart-conditions',
    }),
    restartDelay: duration(unlessSet('Delay between restarts of a task', '5s')),
    restartMaxAttempts: uint64('Most restarts of a task before giving up'),
    restartWindow: duration('Time over which restarts are counted'),
  }) as const

const changeFlags = (unlessSet: UnlessSet, byDefault: (value: string) => { shownDefault?: string }) =>
  ({
    updateDelay: duration('Delay between updates of tasks', byDefault('0s')),
    updateFailureAction: string(unlessSet('On a failed update: "pause", "continue" or "rollback"', '"pause"'), {
      complete: 'update-failure-actions',
    }),
    updateMaxFailureRatio: ratio('Share of tasks that may fail in an update', { since: '1.25', ...byDefault('0') }),
    updateMonitor: duration(unlessSet('How long to watch each updated task for failure', '5s'), { since: '1.25' }),
    updateOrder: string(unlessSet('Order of an update: "stop-first" or "start-first"', '"stop-first"'), {
      since: '1.29',
      complete: 'update-orders',
    }),
    rollbackDelay: duration('Delay between rollbacks of tasks', { since: '1.28', ...byDefault('0s') }),
    rollbackFailureAction: string(unlessSet('On a failed rollback: "pause" or "continue"', '"pause"'), {
      since: '1.28',
      complete: 'rollback-failure-actions',
    }),
    rollbackMaxFailureRatio: ratio('Share of tasks that may fail in a rollback', { since: '1.28', ...byDefault('0') }),
    rollbackMonitor: duration(unlessSet('How long to watch each task rolled back for failure', '5s'), {
      since: '1.28',
    }),
    rollbackOrder: string(unlessSet('Order of a rollback: "stop-first" or "start-first"', '"stop-first"'), {
      since: '1.29',
      complete: 'update-orders',
    }),
    updateParallelism: uint64('Most tasks updated at the same time; 0 for all at once', byDefault('1')),
    rollbackParallelism: uint64('Most tasks rolled back at the same time; 0 for all at once', {
      since: '1.28',
      ...byDefault('1'),
    }),
  }) as const

/** A line of words as a shell splits them. */
export function words(summary: string) {
  return value('command', summary, (text) => splitWords(text))
}

function cpus(summary: string) {
  return value('decimal', summary, (text) => parseCpus(text))
}

function ratio(summary: string, options: { since: string; shownDefault?: string }) {
  return value('float', summary, (text) => parseFloat32(text), options)
}

function positiveDuration(summary: string, since: string) {
  const parse = (text: string) => {
    const nanoseconds = parseDuration(text)
    if (nanoseconds < 0n) throw new Error('duration cannot be negative')
    return nanoseconds
  }
  return value('duration', summary, parse, { since })
}
