import { Socket } from 'node:net'
import { ReadStream } from 'node:tty'
import { bun } from '../runtime/bun.ts'
import { writeDescriptor, writeTerminal } from '../runtime/descriptors.ts'
import type { Target } from './descriptor.ts'
import type { Sink } from './sink.ts'
import { streamWriter } from './stream-writer.ts'

/**
 * Opens a stream that waits for a pipe's or terminal's reader without holding up the program; `stdio` is the descriptor that the
 * target was found for. Reports EPIPE when the reader has gone.
 */
export function openWriteStream({ fd, kind }: Target, stdio: number): Sink {
  if (bun !== undefined) return kind === 'terminal' ? writeTerminal(stdio) : writeDescriptor(bun, fd)
  // Of the two classes for terminals only this one, a duplex, leaves the descriptor in non-blocking mode.
  if (kind === 'terminal') return streamWriter(new ReadStream(fd))
  return streamWriter(new Socket({ fd, readable: false, writable: true }))
}
