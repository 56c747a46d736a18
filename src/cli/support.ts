import { CliError } from '../errors/cli-error.ts'
import type { Requirements } from './command.ts'
import { type Flags, flagName } from './flags.ts'

/** What is known of the daemon once it was asked. */
export interface DaemonFacts {
  readonly apiVersion: string
  readonly osType: string
  readonly experimental: boolean
}

/** Whether anything of a command line depends on what the daemon can do, so that it has to be asked at all. */
export function needsDaemonFacts(chain: readonly Requirements[], flags: Flags, set: readonly string[]): boolean {
  return (
    chain.some((entry) => entry.since !== undefined || entry.ostype !== undefined || entry.experimental === true) ||
    set.some(
      (key) => flags[key]?.since !== undefined || flags[key]?.ostype !== undefined || flags[key]?.experimental === true,
    )
  )
}

/**
 * Throws when the daemon lacks what the command, its nouns (`chain`, the command first) or the flags that were `set` need.
 * The words are the reference's (docker/cli cmd/docker isSupported); exit status 1.
 */
export function checkSupport(
  commandPath: string,
  chain: readonly Requirements[],
  flags: Flags,
  set: readonly string[],
  daemon: DaemonFacts,
): void {
  for (const entry of chain) {
    const lack = lacking(entry, daemon, commandPath)
    if (lack !== undefined) throw unsupported(lack)
  }
  const lacks = set
    .toSorted()
    .map((key) => flags[key] && lacking(flags[key], daemon, `"--${flagName(key, flags[key])}"`))
    .filter((lack) => lack !== undefined)
  if (lacks.length > 0) throw unsupported(lacks.join('\n'))
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
