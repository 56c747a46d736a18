/** An Engine API version such as `1.45`. */
export type ApiVersion = string

/** The newest version this client supports (moby client 29.8 `MaxAPIVersion`). */
export const MAX_API_VERSION: ApiVersion = '1.55'

/** The oldest one that negotiation accepts (moby client 29.8 `MinAPIVersion`). */
export const MIN_API_VERSION: ApiVersion = '1.40'

/**
 * The version to use with a daemon that names its newest one: that, or `newest` of ours when it is lower. A daemon
 * that names none is taken for a new one (moby client `negotiateAPIVersion`).
 */
export function negotiate(daemon: string, newest: ApiVersion = MAX_API_VERSION): ApiVersion {
  if (daemon === '') return newest
  const version = parseApiVersion(daemon)
  if (isOlder(version, MIN_API_VERSION)) {
    throw new VersionError(
      `API version ${version} is not supported by this client: the minimum supported API version is ${MIN_API_VERSION}`,
    )
  }
  return isOlder(version, newest) ? version : newest
}

/** A version in its plain form, or an error with the reference's message (moby client `parseAPIVersion`). */
export function parseApiVersion(text: string): ApiVersion {
  if (['', 'v'].includes(text.trim())) throw new VersionError('value is empty')
  const [major = '', ...rest] = text.split('.')
  if (text.startsWith('v') || rest.length === 0) throw new VersionError('must be formatted <major>.<minor>')
  const minor = rest.join('.')
  if (!INTEGER.test(major)) throw new VersionError('invalid major version: must be formatted <major>.<minor>')
  if (!INTEGER.test(minor)) throw new VersionError('invalid minor version: must be formatted <major>.<minor>')
  return `${Number(major)}.${Number(minor)}`
}

/**
 * The version that DOCKER_API_VERSION pins, undefined when it is empty; one leading `v` is allowed
 * (moby client `WithAPIVersionFromEnv`).
 */
export function pinnedApiVersion(text: string | undefined): ApiVersion | undefined {
  const trimmed = text?.trim() ?? ''
  const bare = trimmed.replace(/^v/, '')
  if (bare === '') return undefined
  try {
    return parseApiVersion(bare)
  } catch (error) {
    throw new VersionError(`invalid API version (${trimmed}): ${(error as Error).message}`)
  }
}

/** Whether `version` is older than `other`, compared part by part (moby client `versions.LessThan`). */
export function isOlder(version: ApiVersion, other: ApiVersion): boolean {
  const [a, b] = [version, other].map((each) => each.split('.').map((part) => (INTEGER.test(part) ? Number(part) : 0)))
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** A version that cannot be read or is out of range. */
export class VersionError extends Error {
  override readonly name = 'VersionError'
  /** The same for all of them. */
  readonly code = 'engine/version'
}

const INTEGER = /^[+-]?\d+$/
