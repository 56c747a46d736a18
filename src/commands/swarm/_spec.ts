import { bool, duration, int64, list, type Options, uint64 } from '../../cli/flags.ts'
import type { Sendable } from '../../engine/sendable.ts'
import type { SwarmSpec } from '../../engine/types/swarm-info.ts'
import type { ExternalCA } from './_external-ca.ts'

/** The flags about certificates. */
export const caFlags = {
  certExpiry: duration('How long the certificates of nodes are valid (ns|us|ms|s|m|h)', {
    shownDefault: '2160h0m0s',
  }),
  externalCa: list('Authority outside the swarm that signs certificates: protocol=cfssl,url=URL[,cacert=FILE]', {
    type: 'external-ca',
  }),
}

/** The flags that set up a swarm, of `swarm init` and `swarm update`; `autolock` says what it does. */
export const specFlags = {
  ...caFlags,
  autolock: bool('Lock managers that start again until they are given the unlock key'),
  dispatcherHeartbeat: duration('How often nodes report to a manager (ns|us|ms|s|m|h)', { shownDefault: '5s' }),
  maxSnapshots: uint64('Number of older Raft snapshots to keep', { since: '1.25' }),
  snapshotInterval: uint64('Number of log entries between Raft snapshots', { since: '1.25', shownDefault: '10000' }),
  taskHistoryLimit: int64('Number of old tasks to keep for each replica', { shownDefault: '5' }),
}

/** A swarm's specification with what the options change (docker/cli swarm/opts.go mergeSwarmSpec). */
export function toSpec(
  before: SwarmSpec,
  options: Options<typeof specFlags>,
  externalCAs: ExternalCA[] | undefined,
): Sendable<SwarmSpec> {
  const { taskHistoryLimit, dispatcherHeartbeat, maxSnapshots, snapshotInterval, autolock } = options
  return {
    ...withCA(before, options, externalCAs),
    ...(taskHistoryLimit !== undefined && { Orchestration: { TaskHistoryRetentionLimit: taskHistoryLimit } }),
    ...(dispatcherHeartbeat !== undefined && { Dispatcher: { HeartbeatPeriod: dispatcherHeartbeat } }),
    Raft: {
      ...before.Raft,
      ...(maxSnapshots !== undefined && { KeepOldSnapshots: maxSnapshots }),
      ...(snapshotInterval !== undefined && { SnapshotInterval: snapshotInterval }),
    },
    ...(autolock !== undefined && { EncryptionConfig: { AutoLockManagers: autolock } }),
  }
}

/** A swarm's specification with what the options change of its certificates. */
export function withCA(
  before: SwarmSpec,
  { certExpiry }: Options<typeof caFlags>,
  externalCAs: ExternalCA[] | undefined,
): Sendable<SwarmSpec> {
  return {
    ...before,
    CAConfig: {
      ...before.CAConfig,
      ...(certExpiry !== undefined && { NodeCertExpiry: certExpiry }),
      ...(externalCAs !== undefined && { ExternalCAs: externalCAs }),
    },
  }
}
