import { CliError, messageOf, wrap } from '../../errors/cli-error.ts'
import type { GrpcError } from '../grpc/status.ts'
import { type JsonRange, type JsonSource, jsonSourceLines } from '../progress/source.ts'

/** The exit status of a build that failed, by the code of its call (buildx cmd/buildx). */
const exitCodes: Partial<Record<string, number>> = { Internal: 100, ResourceExhausted: 102, Canceled: 130 }

/**
 * What a build failed by, for people: of BuildKit's own errors the lines of the Dockerfile that they are about, the reason as it
 * is worded there, and what to do about it, `advice`.
 */
export function buildFailure(error: unknown, advice = ''): CliError {
  const { code, details } = error as Partial<GrpcError>
  if (details === undefined) return wrap(error, 'ERROR: failed to build')
  const reason = messageOf(error)
  const lines = details.map(sourceOf).join('')
  const text = `${lines}ERROR: failed to build: ${explained(reason) ?? `failed to solve: ${reason}`}`
  const exitCode = typeof code === 'string' ? exitCodes[code] : undefined
  return new CliError(advice === '' ? text : `${text}\n${advice}`, {
    code: 'build-failed',
    exitCode: exitCode ?? 1,
    cause: error,
  })
}

/** Other words for what an old frontend says of what it does not know (buildx wrapBuildError). */
function explained(reason: string): string | undefined {
  const lacks = (capability: string): boolean =>
    reason.includes(`unsupported frontend capability moby.buildkit.frontend.${capability}`)
  if (lacks('contexts')) {
    return (
      'current frontend does not support --build-context. Named contexts are supported since Dockerfile v1.4. ' +
      'Use #syntax directive in Dockerfile or update to latest BuildKit.'
    )
  }
  if (lacks('gitquerystring')) {
    return (
      'current frontend does not support Git URLs with query string components. Git URLs with query string are supported ' +
      'since Dockerfile v1.18 and BuildKit v0.24. Use BUILDKIT_SYNTAX build-arg, #syntax directive in Dockerfile or update ' +
      'to latest BuildKit.'
    )
  }
  return undefined
}

/** The lines that a detail of an error points at; empty for other details. */
function sourceOf({ typeUrl, value }: GrpcError['details'][number]): string {
  if (!/errdefs\.Source\b/.test(typeUrl)) return ''
  try {
    const { info, ranges } = JSON.parse(Buffer.from(value).toString()) as SourceDetail
    if (info === undefined) return ''
    return jsonSourceLines(info, ranges)
  } catch {
    return ''
  }
}

interface SourceDetail {
  readonly info?: JsonSource
  readonly ranges?: readonly JsonRange[]
}
