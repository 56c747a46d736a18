import fs from 'node:fs'
import type { Readable } from 'node:stream'

/** Where a command's output goes: bytes in order, nothing lost, whatever the reader's pace. */
export interface Output {
  readonly fd: number
  readonly isTerminal: boolean
  /** The width and height of the terminal, undefined elsewhere. */
  size(): { columns: number; rows: number } | undefined
  /** Writes all of it before it returns. Throws EPIPE when the reader has gone. */
  write(data: string | Uint8Array): void
  /** Writes `text` and a line feed. */
  line(text: string): void
}

/** Where a command's input comes from. */
export interface Input {
  readonly fd: number
  readonly isTerminal: boolean
  /** The bytes as a stream; opened at the first call. */
  stream(): Readable
}

/** A terminal's stream as `node:tty` gives it; loaded only where there is one. */
type TerminalStream = { columns: number; rows: number; getWindowSize(): [number, number] }

/** Output to a file descriptor, written synchronously: a program may end at any time with nothing pending. */
export class FdOutput implements Output {
  readonly fd: number
  readonly isTerminal: boolean
  private readonly open: () => TerminalStream

  constructor(fd: number, options: { isTerminal: boolean; terminal: () => TerminalStream }) {
    this.fd = fd
    this.isTerminal = options.isTerminal
    this.open = options.terminal
  }

  size(): { columns: number; rows: number } | undefined {
    if (!this.isTerminal) return undefined
    const [columns, rows] = this.open().getWindowSize()
    return { columns, rows }
  }

  write(data: string | Uint8Array): void {
    writeAll(this.fd, typeof data === 'string' ? Buffer.from(data) : data)
  }

  line(text: string): void {
    this.write(`${text}\n`)
  }
}

/** Whether `fd` is a terminal; asks `node:tty` only about character devices, which spares other programs its loading. */
export function isTerminal(fd: number, isatty: (fd: number) => boolean): boolean {
  try {
    return fs.fstatSync(fd).isCharacterDevice() && isatty(fd)
  } catch {
    return false
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Writes all of `data` to `fd`; where the other end made the pipe non-blocking, waits until it takes more. */
export function writeAll(fd: number, data: Uint8Array): void {
  for (let offset = 0, wait = 1; offset < data.length;) {
    try {
      offset += fs.writeSync(fd, data, offset)
      wait = 1
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(pause, 0, 0, wait)
      wait = Math.min(wait * 2, 50)
    }
  }
}
