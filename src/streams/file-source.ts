import fs from 'node:fs'
import { osReason, pathError } from '../errors/os-error.ts'
import { fromFolder } from '../go/path.ts'
import { TransportError } from '../engine/transport.ts'
import { inputChunks } from './input-chunks.ts'
import { isNamedPipe, readNamedPipe } from './local-file.ts'

// Large reads cost less than many; one buffer serves for all of them, since a chunk is used up before the next is asked for.
const bufferSize = 512 * 1024

/**
 * Opens a file, absolute or relative to `cwd`, and gives its bytes for a request's body. Throws at once when it cannot
 * be opened, while it is read when it cannot be read (a folder); the errors name the file as it was given.
 */
export function openSource(filename: string, cwd: string, signal: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    const file = fromFolder(cwd, filename)
    if (isNamedPipe(file)) return pipeChunks(file, signal)
    return chunks(fs.openSync(file, 'r'), filename)
  } catch (error) {
    throw pathError('open', filename, error)
  }
}

async function* pipeChunks(file: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let stop = (): void => undefined
  yield* inputChunks({
    pump(sink) {
      const reader = readNamedPipe(file, sink, signal)
      stop = reader.stop
      return reader.done
    },
    release: () => stop(),
  })
  signal.throwIfAborted()
}

async function* chunks(fd: number, filename: string): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(bufferSize)
  try {
    for (;;) {
      const count = await read(fd, buffer, filename)
      if (count === 0) return
      yield buffer.subarray(0, count)
    }
  } finally {
    fs.closeSync(fd)
  }
}

function read(fd: number, buffer: Buffer, filename: string): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.read(fd, buffer, 0, buffer.length, null, (error, count) =>
      error
        ? reject(new TransportError('transport/body', `read ${filename}: ${osReason(error)}`, error))
        : resolve(count),
    )
  })
}
