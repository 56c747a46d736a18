import type { Engine } from '../engine/engine.ts'
import { connectGrpc, type GrpcClient } from './grpc/client.ts'
import { GrpcError } from './grpc/status.ts'
import { hijackHttp2 } from './hijack.ts'
import { content } from './proto/content.ts'
import { control } from './proto/control.ts'
import { gateway } from './proto/gateway.ts'
import type { Served } from './grpc/server.ts'
import { startSession, type BuildSession, type Dial } from './session/session.ts'

/** The builder of an engine, and the sessions through which it asks for what builds need of this side. */
export interface Buildkit {
  readonly control: GrpcClient<typeof control>
  /** Steers a build that was asked for without a frontend. */
  readonly gateway: GrpcClient<typeof gateway>
  /** Reads what the builder keeps: attestations of builds, say. */
  readonly content: GrpcClient<typeof content>
  /** Opens a session that offers the services; a build names it by its id. */
  startSession(services: readonly Served[], options?: { sharedKey?: string }): Promise<BuildSession>
  /** Ends everything. */
  close(): void
}

/**
 * Opens BuildKit's API on an engine's own connection (buildx driver/docker). Throws EngineError or ConnectionError where the
 * engine has none, and the reason of `signal` where that aborts before a connection is open; those that are last until `close`.
 */
export async function openBuildkit(engine: Engine, { signal }: { signal?: AbortSignal } = {}): Promise<Buildkit> {
  const closing = new AbortController()
  const connection = connectGrpc(await untilOpen(closing, signal, hijackHttp2(engine, '/grpc', closing)))
  const sessions = new Set<BuildSession>()
  const calls = connection.client(control)
  return {
    control: {
      ...calls,
      solve: (...call) => calls.solve(...call).catch((error: unknown) => rejectLost(error, sessions)),
    },
    gateway: connection.client(gateway),
    content: connection.client(content),
    async startSession(services, options) {
      const dial: Dial = (headers) =>
        untilOpen(closing, signal, hijackHttp2(engine, '/session', { headers, signal: closing.signal }))
      const session = await startSession(dial, services, options)
      sessions.add(session)
      return session
    },
    close() {
      for (const session of sessions) session.close()
      connection.close()
      closing.abort()
    },
  }
}

/** Breaks connections by `closing` when `signal` aborts, but only until the one that is waited for is open. */
async function untilOpen<T>(
  closing: AbortController,
  signal: AbortSignal | undefined,
  opening: Promise<T>,
): Promise<T> {
  const giveUp = (): void => closing.abort(signal?.reason)
  if (signal?.aborted === true) giveUp()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    return await opening
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

/** Fails as a build did; where a session of it broke, that comes first, for the daemon tells of its own side only. */
function rejectLost(error: unknown, sessions: ReadonlySet<BuildSession>): never {
  if (!(error instanceof GrpcError) || ![...sessions].some(({ isLost }) => isLost)) throw error
  const message = `the session by which the daemon gets files, secrets and the like was lost: ${error.message}`
  throw new GrpcError(error.code, message, { details: error.details, cause: error })
}
