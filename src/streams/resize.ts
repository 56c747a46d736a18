import type { Context } from '../context.ts'

export interface WindowSize {
  readonly height: number
  readonly width: number
}

/** The size of the terminal that output goes to; zeros where it is none (docker/cli cli/streams GetTtySize). */
export function windowSize(out: Context['out']): WindowSize {
  const size = out.size()
  return { height: size?.rows ?? 0, width: size?.columns ?? 0 }
}

/**
 * Gives a container's terminal the size of ours, now and whenever that changes, until the function it resolves with is
 * called. A process that has only just been started may not have its terminal yet, so the first time is tried again
 * while everything else goes on (docker/cli cli/command/container/tty.go).
 */
export async function followSize(
  context: Pick<Context, 'out' | 'err' | 'onSignal'>,
  resize: (size: WindowSize) => Promise<void>,
): Promise<() => void> {
  let stopped = false
  const fit = async (): Promise<void> => {
    const size = windowSize(context.out)
    if (size.height !== 0 || size.width !== 0) await resize(size)
  }
  const retry = async (): Promise<void> => {
    for (let attempt = 1; attempt <= 10; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, attempt * 10))
      if (stopped || (await succeeds(fit))) return
    }
    if (!stopped) context.err.line('failed to resize tty, using default size')
  }
  const unsubscribe = context.onSignal(['SIGWINCH'], oneAtATime(fit))
  if (!(await succeeds(fit))) retry().catch(() => undefined)
  return () => {
    unsubscribe()
    stopped = true
  }
}

async function succeeds(act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch {
    return false
  }
}

/** Runs `act` when called, and once more after it where it was called meanwhile. */
function oneAtATime(act: () => Promise<void>): () => void {
  let running = false
  let again = false
  const run = async (): Promise<void> => {
    running = true
    do {
      again = false
      await succeeds(act)
    } while (again)
    running = false
  }
  return () => {
    again = true
    if (!running) void run()
  }
}
