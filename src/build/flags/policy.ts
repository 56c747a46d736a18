import { isTrue } from '../../go/bool.ts'
import { parsePairs } from './fields.ts'

/** Whether `--policy` says to go without policies. Throws for any that is to be applied: only buildx evaluates them (buildx buildflags ParsePolicyConfigs). */
export function withoutPolicies(texts: readonly string[]): boolean {
  const isOff = texts.map((text) =>
    parsePairs(text).some(([key, value]) => key.toLowerCase().trim() === 'disabled' && isTrue(value)),
  )
  if (isOff.includes(false)) throw policyError('--policy asks for a policy')
  return isOff.length > 0
}

/** The error for a policy that a build is to obey: it is not built without. */
export function policyError(what: string): Error {
  return new Error(
    `${what}, and policies are evaluated by the buildx plugin only.\n` +
      'Install it and run "docker buildx build" (https://docs.docker.com/go/buildx/), or go without: --policy disabled=true',
  )
}
