import type { Engine } from '../engine/engine.ts'
import { hijackHttp2 } from './hijack.ts'

/** Whether an engine has BuildKit's API, which those before Docker 23 do not say. */
export async function answersAsBuildkit(engine: Engine, signal: AbortSignal): Promise<boolean> {
  try {
    const socket = await hijackHttp2(engine, '/grpc', { signal })
    socket.destroy()
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}
