import { joinErrors } from '../errors/cli-error.ts'

/** Does `act` for each name in order; those that fail do not stop the rest, their errors are thrown together at the end. */
export async function eachInOrder(names: readonly string[], act: (name: string) => Promise<void>): Promise<void> {
  const errors: unknown[] = []
  for (const name of names) {
    try {
      await act(name)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw joinErrors(errors)
}

/** What a daemon is asked to do at the same time, at most (docker/cli container parallelOperation). */
const parallel = 50

/**
 * Does `act` for all names at once, and `done` for those that succeed in the order they were given, each as soon as
 * those before it are through. Errors are thrown together at the end.
 */
export async function eachAtOnce(
  names: readonly string[],
  act: (name: string) => Promise<void>,
  done: (name: string) => void,
): Promise<void> {
  const running: Promise<unknown>[] = []
  const errors: unknown[] = []
  let next = 0
  const start = (): void => {
    const name = names[next]
    if (name === undefined) return
    const turn = next++
    running[turn] = act(name).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    void running[turn]?.then(start)
  }
  for (let i = 0; i < parallel; i++) start()
  for (const [i, name] of names.entries()) {
    const failed = (await running[i]) as { error: unknown } | undefined
    if (failed === undefined) done(name)
    else errors.push(failed.error)
  }
  if (errors.length > 0) throw joinErrors(errors)
}
