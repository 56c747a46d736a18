import fs from 'node:fs'
import { pipeReader, type Reader } from './reader.ts'
import type { Sink } from './sink.ts'

/**
 * Reads a file; one that is a named pipe without holding up the program until somebody writes to it. Throws the system's
 * error, or the signal's reason once it comes.
 */
export async function readLocalFile(filename: string, signal: AbortSignal): Promise<Buffer> {
  if (!isNamedPipe(filename)) return fs.readFileSync(filename)
  const chunks: Buffer[] = []
  await readNamedPipe(filename, (chunk) => void chunks.push(Buffer.from(chunk)), signal).done
  signal.throwIfAborted()
  return Buffer.concat(chunks)
}

/** Whether a name leads to a pipe; false where there is nothing. */
export function isNamedPipe(filename: string): boolean {
  try {
    return fs.statSync(filename).isFIFO()
  } catch {
    return false
  }
}

/**
 * Hands on what comes through a named pipe, until its writers have gone or the signal comes. An open that waits for the
 * writer would block a thread that the program's end waits for.
 */
export function readNamedPipe(filename: string, sink: Sink, signal: AbortSignal): Reader {
  const { O_RDONLY, O_NONBLOCK } = fs.constants
  const reader = pipeReader(fs.openSync(filename, O_RDONLY | O_NONBLOCK), sink)
  if (signal.aborted) reader.stop()
  signal.addEventListener('abort', reader.stop, { once: true })
  const release = (): void => signal.removeEventListener('abort', reader.stop)
  reader.done.then(release, release)
  return reader
}
