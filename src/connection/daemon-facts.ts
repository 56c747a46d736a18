import type { DaemonFacts } from '../cli/support.ts'
import type { Engine } from '../engine/engine.ts'
import { MAX_API_VERSION } from '../engine/version.ts'

interface Input {
  readonly engine: () => Promise<Engine>
  readonly signal: AbortSignal
}

/**
 * What the daemon can do, by its answer to a ping. One that does not answer is taken to have every feature, since the command
 * itself will say that it is not there; where no engine can be named it has none (docker/cli cli/command/cli.go).
 */
export async function daemonFacts({ engine: connect, signal }: Input): Promise<DaemonFacts> {
  const engine = await connect().catch(() => undefined)
  if (engine === undefined) return { apiVersion: MAX_API_VERSION, osType: '', experimental: false }
  const limited = AbortSignal.any([signal, AbortSignal.timeout(PING_LIMIT)])
  const ping = await engine.ping(limited).catch(() => undefined)
  const negotiated = ping && (await engine.apiVersion(limited).catch(() => undefined))
  return {
    apiVersion: negotiated ?? engine.currentVersion,
    osType: ping?.osType ?? '',
    experimental: ping?.experimental ?? true,
    ...(ping?.swarm === undefined ? {} : { swarm: ping.swarm }),
  }
}

const PING_LIMIT = 2000
