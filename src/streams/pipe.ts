import fs from 'node:fs'
import { Socket } from 'node:net'
import type { Sink } from './stdio.ts'
import { streamWriter } from './stream-writer.ts'

/** Which descriptor, on which system. */
export interface PipeEnd {
  readonly fd: number
  readonly platform: NodeJS.Platform
}

/**
 * Writes to a pipe or socket without blocking: what fits goes out at once, for the rest there is a promise. Reports EPIPE
 * when the reader has gone.
 */
export function pipeWriter(end: PipeEnd): Sink {
  return streamWriter(new Socket({ fd: ownDescriptor(end, fs.constants.O_WRONLY), readable: false, writable: true }))
}

/**
 * A descriptor for a pipe whose mode is ours alone. Non-blocking mode belongs to the open pipe, which other programs may
 * share (a shell's next command, the rest of a pipeline). Linux opens a pipe anew by its descriptor; elsewhere, and for
 * sockets, the shared one has to do, as for process.stdout.
 */
export function ownDescriptor({ fd, platform }: PipeEnd, flags: number): number {
  if (platform !== 'linux' || !fs.fstatSync(fd).isFIFO()) return fd
  try {
    return fs.openSync(`/proc/self/fd/${fd}`, flags | fs.constants.O_NONBLOCK)
  } catch {
    return fd
  }
}
