import { cliError, wrap } from '../../errors/cli-error.ts'
import type { Context } from '../../context.ts'
import { parseDetachKeys } from '../../parse/detach-keys.ts'
import { pumpStreams } from '../../streams/attach.ts'
import { followSize } from '../../streams/resize.ts'
import { waitForExit } from './_wait-for-exit.ts'

/** A container that is about to start with this program's streams attached. */
export interface AttachedStart {
  readonly id: string
  readonly tty: boolean
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  readonly detachKeys: string
  /** The engine removes the container when it ends. */
  readonly autoRemove: boolean
  /** Signals go to the container; see streams/signal-proxy.ts. */
  readonly proxied: boolean
  /** Ends it all, the container excepted; left out where only the third interrupt may. */
  readonly signal?: AbortSignal
  readonly start: () => Promise<void>
}

/**
 * Attaches, starts and waits, in the order that misses neither the first byte nor the exit, and gives the exit status: the
 * container's own, or 0 once the user detached. Throws what `start` throws (docker/cli container/run.go, start.go).
 */
export async function startAttached(context: Context, container: AttachedStart): Promise<number> {
  const { id, autoRemove, tty, stdout, stderr } = container
  const { containers } = await context.engine()
  const { ended, detach } = await attach(context, container)
  const waiting = new AbortController()
  let unsubscribe = (): void => undefined
  try {
    const exit = await waitForExit(context, id, autoRemove, waiting.signal)
    try {
      await container.start()
    } catch (error) {
      await detach()
      if (autoRemove) await exit.status
      throw error
    }
    if (tty && context.out.isTerminal) unsubscribe = await followSize(context, (size) => containers.resize(id, size))
    // A container may end before its last output is here; without output there is nothing to wait for.
    if (!stdout && !stderr) void exit.status.then(detach)
    const { detached } = await ended
    return detached ? 0 : ((await exit.status) ?? 0)
  } finally {
    unsubscribe()
    await detach()
    waiting.abort()
  }
}

/** Connects to the container and pumps; `detach` ends the pump, which is no failure, and resolves once the terminal is restored. */
async function attach(context: Context, container: AttachedStart) {
  const { id, tty, stdin, stdout, stderr, detachKeys, proxied } = container
  const { containers } = await context.engine()
  const connection = await containers.attach(id, { stream: true, stdin, stdout, stderr, detachKeys })
  const over = new AbortController()
  const signals = [over.signal, ...(container.signal === undefined ? [] : [container.signal])]
  const ended = pumpStreams(context, connection, {
    tty,
    detachKeys,
    proxied,
    stdin: stdin ? context.in : undefined,
    stdout: stdout ? context.out : undefined,
    stderr: stderr ? (tty ? context.out : context.err) : undefined,
    signal: AbortSignal.any(signals),
  }).catch((error: unknown) => {
    if (over.signal.aborted) return { detached: false }
    throw error
  })
  const settled = ended.then(
    () => undefined,
    () => undefined,
  )
  const detach = (): Promise<void> => {
    over.abort()
    return settled
  }
  return { ended, detach }
}

/** The detach keys in effect: the flag's, or the configuration's; empty for the default. */
export async function detachKeysOf(context: Context, flag: string | undefined): Promise<string> {
  return flag || (await context.config()).data.detachKeys || ''
}

/** Throws unless `keys` is empty or a sequence of keys. */
export function checkDetachKeys(keys: string): void {
  if (keys === '') return
  try {
    parseDetachKeys(keys)
  } catch (error) {
    throw wrap(error, `invalid detach keys (${keys})`)
  }
}

/** Throws where a process with a terminal is to read from something that is none (docker/cli cli/streams CheckTty). */
export function checkTerminal(context: Context, stdin: boolean, tty: boolean): void {
  if (!tty || !stdin || context.in.isTerminal) return
  throw cliError('cannot attach stdin to a TTY-enabled container because stdin is not a terminal')
}
