import fs from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { bun } from '../runtime/bun.ts'
import { readDescriptor } from '../runtime/descriptors.ts'
import { type Descriptor, isPipe, reopen } from './descriptor.ts'
import { FILE_PIECE, fileRead } from './file-read.ts'
import type { Sink } from './sink.ts'

/** A pump that runs. */
export interface Reader {
  /** Resolves at the end of the input (a read that fails is the end too) or once stopped; rejects with what the sink threw. */
  readonly done: Promise<void>
  readonly stop: () => void
}

/** Starts to read a descriptor in the way that fits what it is: a pipe, a terminal, a file. */
export function openReader(descriptor: Descriptor<Readable>, isTerminal: boolean, sink: Sink): Reader {
  if (isTerminal || descriptor.platform === 'win32') return streamReader(descriptor.stream(), sink)
  if (isPipe(descriptor.fd)) return pipeReader(ownDescriptor(descriptor), sink)
  return fileReader(descriptor.fd, sink)
}

/** Reads a pipe or socket, whose descriptor it closes, into one buffer, which skips the stream's own copies. */
export function pipeReader(fd: number, sink: Sink): Reader {
  if (bun !== undefined) return readDescriptor(bun, fd, sink)
  const reader = new BackpressureReader(sink, { resume: () => socket.resume(), stop: () => socket.destroy() })
  const onread = {
    buffer: Buffer.allocUnsafeSlow(BUFFER),
    callback: (size: number, buffer: Uint8Array) => reader.take(buffer.subarray(0, size)),
  }
  // Node's types know `onread` for connecting sockets only; the constructor is where it is read.
  const options = { fd, readable: true, writable: false, onread }
  const socket: Socket = new Socket(options)
  for (const event of ['end', 'close', 'error']) socket.on(event, reader.stop)
  socket.resume()
  return reader
}

function ownDescriptor(descriptor: Descriptor<Readable>): number {
  try {
    return reopen(descriptor, fs.constants.O_RDONLY) ?? descriptor.fd
  } catch {
    return descriptor.fd
  }
}

/** Reads a stream of Node's, pausing it while the sink is busy. */
function streamReader(stream: Readable, sink: Sink): Reader {
  const reader = new BackpressureReader(sink, {
    resume: () => stream.resume(),
    stop: () => stream.off('data', take).pause(),
  })
  const take = (chunk: Uint8Array): void => {
    if (!reader.take(chunk)) stream.pause()
  }
  stream.on('data', take)
  for (const event of ['end', 'close', 'error']) stream.on(event, reader.stop)
  return reader
}

/** Reads a file or device, in large pieces: each costs a turn of the program, and one write takes all of it. */
function fileReader(fd: number, sink: Sink): Reader {
  let stopped = false
  const read = fileRead(fd, Buffer.allocUnsafeSlow(FILE_PIECE))
  const pump = async (): Promise<void> => {
    for (let piece = await next(); piece !== undefined && !stopped; piece = await next()) await sink(piece)
  }
  const next = async (): Promise<Uint8Array | undefined> => {
    try {
      return await read()
    } catch {
      return undefined
    }
  }
  return { done: pump(), stop: () => (stopped = true) }
}

/** A reader that pauses its source while the sink is busy. */
class BackpressureReader implements Reader {
  readonly done: Promise<void>
  /** Ends the reading; harmless when repeated. */
  readonly stop: () => void
  private readonly sink: Sink
  private readonly resume: () => void
  private readonly fail: (error: unknown) => void

  constructor(sink: Sink, source: { resume: () => unknown; stop: () => unknown }) {
    let settle: { resolve: () => void; reject: (error: unknown) => void } | undefined
    this.done = new Promise((resolve, reject) => (settle = { resolve, reject }))
    this.sink = sink
    this.resume = () => void source.resume()
    this.stop = () => {
      source.stop()
      settle?.resolve()
    }
    this.fail = (error) => {
      source.stop()
      settle?.reject(error)
    }
  }

  /** Hands a chunk on; false when the source has to wait, until it is resumed. */
  take(chunk: Uint8Array): boolean {
    let pending
    try {
      pending = this.sink(chunk)
    } catch (error) {
      this.fail(error)
      return false
    }
    if (pending === undefined) return true
    pending.then(this.resume, this.fail)
    return false
  }
}

const BUFFER = 256 * 1024
