import { messageOf } from '../../errors/cli-error.ts'
import { log } from '../../errors/log.ts'
import type { Context } from '../../context.ts'

/** A container's exit, watched from before its start. */
export interface Exit {
  /** The exit status; 125, and a line on stderr, where it could not be learnt. Undefined once it is called off. */
  readonly status: Promise<number | undefined>
}

/**
 * Asks the engine for a container's next exit, or with `removed` for its removal after that. Resolves once the engine has
 * taken the question, so that a start after it cannot be missed (docker/cli container/utils.go waitExitOrRemoved).
 */
export async function waitForExit(context: Context, id: string, removed: boolean, signal: AbortSignal): Promise<Exit> {
  const { containers } = await context.engine()
  const failed = (error: unknown): number | undefined => {
    if (signal.aborted) return undefined
    log(context, 'error', `error waiting for container: ${messageOf(error)}`)
    return 125
  }
  try {
    const { exited } = await containers.wait(id, { condition: removed ? 'removed' : 'next-exit', signal })
    const status = exited.then(({ StatusCode, Error: problem }) => {
      if (!problem) return StatusCode
      log(context, 'error', `Error waiting for container: ${problem.Message || 'no message'}`)
      return 125
    }, failed)
    return { status }
  } catch (error) {
    return { status: Promise.resolve(failed(error)) }
  }
}
