/**
 * Calls `stop` once the signal aborts, unless what this gives was called before. All that wait for a signal share one listener: Node
 * looks through the listeners there are for each one that is added, so that requests at once took time as the square of their number.
 */
export function onAbort(signal: AbortSignal | undefined, stop: () => void): () => void {
  if (signal === undefined) return () => undefined
  const known = waiting.get(signal)
  const stops = known ?? new Set()
  if (known === undefined) {
    waiting.set(signal, stops)
    const stopAll = (): void => {
      for (const each of stops) each()
      stops.clear()
    }
    signal.addEventListener('abort', stopAll, { once: true })
  }
  stops.add(stop)
  return () => void stops.delete(stop)
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>()
