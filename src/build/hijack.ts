import type { Duplex } from 'node:stream'
import type { Engine } from '../engine/engine.ts'

/** Has an engine turn a request's connection into one of HTTP/2. Throws EngineError or ConnectionError where it does not; `signal` breaks it. */
export async function hijackHttp2(
  engine: Engine,
  path: '/grpc' | '/session',
  { headers, signal }: { headers?: Readonly<Record<string, string | readonly string[]>>; signal?: AbortSignal } = {},
): Promise<Duplex> {
  const { socket } = await engine.hijack({ path, unversioned: true, headers: { Upgrade: 'h2c', ...headers }, signal })
  return socket
}
