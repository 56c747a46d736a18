import type { Writable } from 'node:stream'
import type { Sink } from './sink.ts'

/**
 * Writes chunks to a stream and tells when their memory is free: at once where the system has taken all of it, by a
 * promise otherwise. Throws what broke the stream; callers need no error listener.
 */
export function streamWriter(stream: Writable): Sink {
  let failure: Error | undefined
  stream.on('error', (error) => (failure ??= error))
  return (chunk) => {
    if (failure !== undefined) throw failure
    let settle = (error: Error | undefined): void => void (failure ??= error)
    stream.write(chunk, (error) => settle(error ?? undefined))
    // A write that fails at once leaves nothing waiting either.
    if (stream.errored) throw (failure = stream.errored)
    if (stream.writableLength === 0) return undefined
    return new Promise((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error))
    })
  }
}
