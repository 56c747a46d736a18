import fs from 'node:fs'
import { osReason, pathError } from '../errors/os-error.ts'
import { fromFolder } from '../go/path.ts'
import { TransportError } from '../engine/transport.ts'
import { FILE_PIECE, fileRead } from './file-read.ts'
import { inputChunks } from './input-chunks.ts'
import { isNamedPipe, readNamedPipe } from './local-file.ts'

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

// One buffer serves for all reads, since a chunk is used up before the next is asked for.
async function* chunks(fd: number, filename: string): AsyncGenerator<Uint8Array> {
  const read = fileRead(fd, Buffer.allocUnsafeSlow(FILE_PIECE))
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      return await read()
    } catch (error) {
      throw new TransportError('transport/body', `read ${filename}: ${osReason(error)}`, error)
    }
  }
  try {
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk
  } finally {
    fs.closeSync(fd)
  }
}
