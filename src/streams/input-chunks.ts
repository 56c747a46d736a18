import type { Input } from './stdio.ts'

/** Input for a request's body: each chunk is used up before the next one is asked for. */
export async function* inputChunks(
  input: Pick<Input, 'pump' | 'release'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let deliver: (chunk: Uint8Array | undefined) => void = () => undefined
  let taken = (): void => undefined
  const expect = (): Promise<Uint8Array | undefined> => new Promise((resolve) => (deliver = resolve))
  let next = expect()
  const done = input.pump((chunk) => {
    deliver(chunk)
    return new Promise<void>((resolve) => (taken = resolve))
  })
  done.then(
    () => deliver(undefined),
    () => deliver(undefined),
  )
  try {
    for (let chunk = await next; chunk !== undefined; chunk = await next) {
      next = expect()
      yield chunk
      taken()
    }
    await done
  } finally {
    input.release()
  }
}
