import type { Call } from '../flags/call.ts'
import type { Buildkit } from '../buildkit.ts'
import type { SolveRequest } from '../proto/control.ts'
import type { Frontend } from './attributes.ts'

/** What a frontend answered, by name: `result.json`, `result.txt`, `result.statuscode`, `version`. */
export type Answer = Readonly<Record<string, string>>

/** The request of a build that only asks the frontend something: the builder waits to be told what to do. */
export function questionRequest(request: SolveRequest): SolveRequest {
  return { ref: request.ref, session: request.session, cache: request.cache, internal: true }
}

/**
 * Asks the frontend of a build what `call` names and ends the build with the answer; one that does not know the question is asked
 * again with a newer frontend's image. Throws GrpcError (buildx build/build.go, `CallFunc`).
 */
export async function askFrontend(
  gateway: Buildkit['gateway'],
  request: SolveRequest,
  call: Call,
  signal: AbortSignal,
): Promise<Answer> {
  const options = { signal, metadata: { 'buildkit-controlapi-buildid': request.ref ?? '' } }
  const ask = (more: Frontend['attributes']) =>
    gateway.solve(
      {
        frontend: request.frontend ?? '',
        frontendOpt: { ...questionAttributes(request.frontendAttrs ?? {}, call), ...more },
        allowResultReturn: true,
        allowResultArrayRef: true,
      },
      options,
    )
  const { result } = await ask({}).catch((error: unknown) => {
    const image = newerFrontend(error, call)
    if (image === undefined) throw error
    return ask({ 'build-arg:BUILDKIT_SYNTAX': image }).catch(() => Promise.reject(error))
  })
  await gateway.return({ result: result ?? {} }, options)
  return Object.fromEntries(
    Object.entries(result?.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]),
  )
}

function questionAttributes(attributes: Readonly<Record<string, string>>, { name }: Call): Record<string, string> {
  const { 'frontend.caps': capabilities } = attributes
  const needed = 'moby.buildkit.frontend.subrequests+forward'
  return {
    ...attributes,
    'frontend.caps': capabilities === undefined ? needed : `${capabilities},${needed}`,
    requestid: `frontend.${name}`,
  }
}

/** The frontend that knows the question, where the error says that this one does not. */
function newerFrontend(error: unknown, { name }: Call): string | undefined {
  const isUnknown = error instanceof Error && /unsupported request frontend\.(outline|targets|lint)/.test(error.message)
  if (!isUnknown) return undefined
  return name === 'lint'
    ? 'docker/dockerfile:1.8.1@sha256:e87caa74dcb7d46cd820352bfea12591f3dba3ddc4285e19c7dcd13359f7cefd'
    : 'docker/dockerfile:1.7.1@sha256:a57df69d0ea827fb7266491f2813635de6f17269be881f696fbfdf2d83dda33e'
}
