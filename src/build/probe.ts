import type { Engine } from '../engine/engine.ts'

/** Whether an engine has BuildKit's API, which those before Docker 23 do not say. */
export async function answersAsBuildkit(engine: Engine, signal: AbortSignal): Promise<boolean> {
  try {
    const { socket } = await engine.hijack({ path: '/grpc', unversioned: true, headers: { Upgrade: 'h2c' }, signal })
    socket.destroy()
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}
