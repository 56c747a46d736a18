import fs from 'node:fs'
import type { Readable } from 'node:stream'
import { CliError } from '../errors/cli-error.ts'
import { visible } from '../go/visible.ts'

/** Where a command's output goes: bytes in order, nothing lost, whatever the reader's pace. */
export interface Output {
  readonly fd: number
  readonly isTerminal: boolean
  /** The width and height of the terminal, undefined elsewhere. */
  size(): { columns: number; rows: number } | undefined
  /**
   * Writes all of it before it returns. A string is text, part of which may come from outside: on a terminal its control
   * characters are shown and not obeyed (go/visible.ts); bytes go as they are. When the reader has gone it throws what ends the
   * program as SIGPIPE would.
   */
  write(data: string | Uint8Array): void
  /** Writes `text` and a line feed. */
  line(text: string): void
  /**
   * Writes all of it, for streams that run beside others: where the reader is slow, it gives a promise instead of holding
   * up the program. `data` is in use until it returns or the promise resolves; wait for it before the next write.
   */
  send(data: Uint8Array): void | Promise<void>
}

/** Takes one chunk, whose memory is its own until it returns or the promise resolves. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>

/** Where a command's input comes from. */
export interface Input {
  readonly fd: number
  readonly isTerminal: boolean
  /** The bytes as a stream; opened at the first call. */
  stream(): Readable
  /** Hands every chunk to `sink`, waits while its promise is pending, resolves at the end of the input or once released. */
  pump(sink: Sink): Promise<void>
  /** Ends the pump; what was not read stays with whoever reads the descriptor next. */
  release(): void
  /** Switches a terminal between giving every key as it is typed and its former mode. */
  setRaw(raw: boolean): void
}

/** A terminal's stream as `node:tty` gives it; loaded only where there is one. */
type TerminalStream = { columns: number; rows: number; getWindowSize(): [number, number] }

type RawMode = { setRawMode?(raw: boolean): unknown }

/** How a stdio descriptor tells what it is; the thunks load `node:tty`, which only terminals should pay for. */
export interface Descriptor<Terminal> {
  readonly fd: number
  readonly platform: NodeJS.Platform
  /** The process's own stream for the descriptor. */
  readonly stream: () => Terminal & { isTTY?: boolean }
}

/** Output to a file descriptor, written synchronously: a program may end at any time with nothing pending. */
export class FdOutput implements Output {
  readonly fd: number
  private readonly descriptor: Descriptor<TerminalStream>
  private terminal: boolean | undefined
  private sender: Sink | undefined

  constructor(descriptor: Descriptor<TerminalStream>) {
    this.fd = descriptor.fd
    this.descriptor = descriptor
  }

  get isTerminal(): boolean {
    return (this.terminal ??= isTerminal(this.descriptor))
  }

  size(): { columns: number; rows: number } | undefined {
    if (!this.isTerminal) return undefined
    const [columns, rows] = this.descriptor.stream().getWindowSize()
    return { columns, rows }
  }

  write(data: string | Uint8Array): void {
    try {
      writeAll(this.fd, typeof data === 'string' ? Buffer.from(this.isTerminal ? visible(data) : data) : data)
    } catch (error) {
      throw closed(error)
    }
  }

  line(text: string): void {
    this.write(`${text}\n`)
  }

  send(data: Uint8Array): void | Promise<void> {
    if (this.sender !== undefined) return this.sender(data)
    return this.openSender().then((sender) => sender(data))
  }

  // Files and terminals take all at once; only a pipe's reader may let the program wait.
  private async openSender(): Promise<Sink> {
    if (!mayWait(this.descriptor)) return (this.sender = (data) => this.write(data))
    const { pipeWriter } = await import('./pipe.ts')
    const write = pipeWriter(this.descriptor)
    this.sender = (data) => {
      try {
        return write(data)?.catch((error: unknown) => Promise.reject(closed(error)))
      } catch (error) {
        throw closed(error)
      }
    }
    return this.sender
  }
}

/** Input from a file descriptor. */
export class FdInput implements Input {
  readonly fd: number
  private readonly descriptor: Descriptor<Readable & RawMode>
  private terminal: boolean | undefined
  private released = false
  private stop: () => void = () => undefined

  constructor(descriptor: Descriptor<Readable & RawMode>) {
    this.fd = descriptor.fd
    this.descriptor = descriptor
  }

  get isTerminal(): boolean {
    return (this.terminal ??= isTerminal(this.descriptor))
  }

  stream(): Readable {
    return this.descriptor.stream()
  }

  async pump(sink: Sink): Promise<void> {
    const { openReader } = await import('./reader.ts')
    if (this.released) return
    const reader = openReader(this.descriptor, this.isTerminal, sink)
    this.stop = reader.stop
    await reader.done
  }

  release(): void {
    this.released = true
    this.stop()
  }

  setRaw(raw: boolean): void {
    this.descriptor.stream().setRawMode?.(raw)
  }
}

/**
 * Whether a descriptor is a terminal. Linux tells terminals by their major device numbers (4 and 5, pseudo-terminals from 136),
 * which spares every other program the loading of `node:tty`; elsewhere the process's stream is asked.
 */
function isTerminal({ fd, platform, stream }: Descriptor<unknown>): boolean {
  try {
    const stat = fs.fstatSync(fd)
    if (!stat.isCharacterDevice()) return platform === 'win32' && (stream() as { isTTY?: boolean }).isTTY === true
    const major = (stat.rdev >> 8) & 0xfff
    if (platform === 'linux') return major === 4 || major === 5 || (major >= 136 && major <= 143)
    return (stream() as { isTTY?: boolean }).isTTY === true
  } catch {
    return false
  }
}

const SIGPIPE = 13

/** What a failed write is thrown as: a reader that has gone ends the program as SIGPIPE would. */
function closed(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') return error
  return new CliError('', { code: 'output-closed', exitCode: 128 + SIGPIPE, cause: error })
}

function mayWait({ fd }: Descriptor<unknown>): boolean {
  try {
    const stat = fs.fstatSync(fd)
    return stat.isFIFO() || stat.isSocket()
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
