import { CliError } from '../errors/cli-error.ts'
import type { Requirements } from './command.ts'
import { type Flags, flagName } from './flags.ts'

/** What is known of the daemon once it was asked. */
export interface DaemonFacts {
  readonly apiVersion: string
  readonly osType: string
  readonly experimental: boolean
  /** Undefined where the daemon does not say. */
  readonly swarm?: { readonly nodeState: string; readonly controlAvailable: boolean }
}

/** What a command line needs of the daemon. */
export interface Needs {
  readonly commandPath: string
  /** The command first, then its nouns. */
  readonly chain: readonly Requirements[]
  readonly flags: Flags
  /** The keys of the flags that were set. */
  readonly set: readonly string[]
}

/**
 * Throws when the daemon lacks what the command, its nouns or the flags that were set need; asks it only where one of them
 * needs something. The words are the reference's (docker/cli cmd/docker isSupported); exit status 1.
 */
export async function requireSupport(
  { commandPath, chain, flags, set }: Needs,
  ask: () => Promise<DaemonFacts>,
): Promise<void> {
  const given = set.map((key) => ({ name: flagName(key, flags[key]!), flag: flags[key]! }))
  if (!chain.some(needsDaemon) && !given.some(({ flag }) => needsDaemon(flag))) return
  const daemon = await ask()
  for (const entry of chain) {
    const lack = lacking(entry, daemon, commandPath)
    if (lack !== undefined) throw unsupported(lack)
  }
  const lacks = given
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, flag }) => lacking(flag, daemon, `"--${name}"`))
    .filter((lack) => lack !== undefined)
  if (lacks.length > 0) throw unsupported(lacks.join('\n'))
}

/** Whether a command or a flag depends on what the daemon can do. */
export function needsDaemon({ since, ostype, experimental, swarm }: Requirements): boolean {
  return since !== undefined || ostype !== undefined || experimental === true || Boolean(swarm)
}

/** Whether help shows a command or a flag, by what the daemon said (docker/cli cmd/docker hideUnsupportedFeatures). */
export function isOffered(daemon: DaemonFacts): (needs: Requirements) => boolean {
  return (needs) => lacking(needs, daemon, '') === undefined && !lacksSwarm(needs, daemon)
}

function lacksSwarm({ swarm: needed }: Requirements, { swarm }: DaemonFacts): boolean {
  if (swarm === undefined) return false
  if (needed === 'manager') return !swarm.controlAvailable
  return needed === 'active' && swarm.nodeState === 'inactive'
}

function lacking(needs: Requirements, daemon: DaemonFacts, what: string): string | undefined {
  if (needs.since !== undefined && compareVersions(daemon.apiVersion, needs.since) < 0) {
    return `${what} requires API version ${needs.since}, but the Docker daemon API version is ${daemon.apiVersion}`
  }
  if (needs.ostype !== undefined && daemon.osType !== '' && daemon.osType !== needs.ostype) {
    return `${what} is only supported on a Docker daemon running on ${needs.ostype}, but the Docker daemon is running on ${daemon.osType}`
  }
  if (needs.experimental === true && !daemon.experimental) {
    return `${what} is only supported on a Docker daemon with experimental features enabled`
  }
  return undefined
}

function unsupported(message: string): CliError {
  return new CliError(message, { code: 'unsupported' })
}

/** Orders two API versions by their numbers: negative, zero or positive. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number(part) || 0)) as [
    number[],
    number[],
  ]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
