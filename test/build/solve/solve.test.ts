import { describe, expect, test } from 'vitest'
import type { SolveStatus } from '../../../src/build/progress/status.ts'
import type { StatusResponse } from '../../../src/build/proto/control.ts'
import { GrpcError } from '../../../src/build/grpc/status.ts'
import { solve } from '../../../src/build/solve/solve.ts'

type Control = Parameters<typeof solve>[0]

const started = { seconds: 1_800_000_000, nanos: 5 }
const vertex = (name: string): StatusResponse => ({
  vertexes: [
    {
      digest: name,
      inputs: [],
      name,
      cached: false,
      error: '',
      started,
      completed: undefined,
      progressGroup: undefined,
    },
  ],
  statuses: [],
  logs: [],
  warnings: [],
})

/** A builder that answers a Solve as told, and whose Status stream is `messages`, then open for good unless it `ends`. */
function builder(
  answer: (signal: AbortSignal) => Promise<Record<string, string>>,
  messages: readonly StatusResponse[],
  ends = false,
) {
  const seen = { statusEnded: false }
  const control: Control = {
    solve: async (_, options) => ({ exporterResponse: await answer(options?.signal ?? new AbortController().signal) }),
    async *status(_, options) {
      yield* messages
      seen.statusEnded = ends
      if (ends) return
      await new Promise<void>((resolve) => options?.signal?.addEventListener('abort', () => resolve()))
      seen.statusEnded = true
      throw options?.signal?.reason as Error
    },
  }
  return { control, seen }
}

function run(control: Control, { signal = new AbortController().signal, fail = false } = {}) {
  const shown: SolveStatus[] = []
  const update = async (status: SolveStatus): Promise<void> => {
    if (fail) throw new Error('the reader has gone')
    shown.push(status)
  }
  const now = new Date(1_700_000_000_000)
  return { shown, done: solve(control, { ref: 'r' }, { display: { update }, signal, now: () => now }) }
}

describe('a build by BuildKit', () => {
  test('gives what the exporters say, and shows the messages by our clock', async () => {
    const { control, seen } = builder(() => Promise.resolve({ 'containerimage.digest': 'd' }), [vertex('one')], true)
    const { shown, done } = run(control)
    expect(await done).toEqual({ 'containerimage.digest': 'd' })
    expect(shown).toHaveLength(1)
    expect(shown[0]?.vertexes?.[0]).toMatchObject({ name: 'one', started: 1_700_000_000_000_000_000n })
    expect(seen.statusEnded).toBe(true)
  })

  test('throws its failure, not what that does to the stream', async () => {
    const failure = new GrpcError('Unknown', 'exit code: 1')
    const { control } = builder(() => Promise.reject(failure), [])
    await expect(run(control).done).rejects.toBe(failure)
  })

  test('is given up with the signal, and when it cannot be shown', async () => {
    const given = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    const stop = new AbortController()
    const first = run(builder(given, []).control, { signal: stop.signal })
    stop.abort(new Error('interrupted'))
    await expect(first.done).rejects.toThrow('interrupted')
    await expect(run(builder(given, [vertex('x')]).control, { fail: true }).done).rejects.toThrow('the reader has gone')
  })
})
