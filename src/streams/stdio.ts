import type { Readable } from 'node:stream'
import { onAbort } from '../engine/on-abort.ts'
import { CliError } from '../errors/cli-error.ts'
import { pathError } from '../errors/os-error.ts'
import { visible } from '../go/visible.ts'
import { type Descriptor, isSameFile, isTerminal } from './descriptor.ts'
import type { Sink } from './sink.ts'
import { WriteQueue } from './write-queue.ts'

/** Where a command's output goes: bytes in order, nothing lost, whatever the reader's pace. */
export interface Output {
  readonly fd: number
  readonly isTerminal: boolean
  /** The width and height of the terminal, undefined elsewhere. */
  size(): { columns: number; rows: number } | undefined
  /**
   * Writes all of it, at once as far as the reader keeps up; what it does not take waits, and the program goes on. A string is
   * text, part of which may come from outside: on a terminal its control characters are shown and not obeyed (go/visible.ts);
   * bytes go as they are. When the reader has gone it throws what ends the program as SIGPIPE would.
   */
  write(data: string | Uint8Array): void
  /** Writes `text` and a line feed. */
  line(text: string): void
  /**
   * As `write`, for what does not end soon: where the reader is slow, it gives a promise to wait for before the next write,
   * so that nothing piles up. `data` is in use until it returns or the promise resolves.
   */
  send(data: string | Uint8Array): void | Promise<void>
  /**
   * Resolves when nothing waits to be written any more; undefined when nothing does. Rejects as `write` throws. It and what
   * `send` gives reject as well when the program is told to end, since the reader may never come.
   */
  drain(): void | Promise<void>
}

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

/** Output to a file descriptor. */
export class FdOutput implements Output {
  readonly fd: number
  private readonly descriptor: Descriptor<TerminalStream>
  private readonly signal: () => AbortSignal
  private readonly beside: FdOutput | undefined
  private terminal: boolean | undefined
  private opened: WriteQueue | undefined

  /**
   * `signal` gives what tells the program to end. `beside` may lead to the same file, which then keeps the order of what is written to
   * both.
   */
  constructor(descriptor: Descriptor<TerminalStream>, signal: () => AbortSignal, beside?: FdOutput) {
    this.fd = descriptor.fd
    this.descriptor = descriptor
    this.signal = signal
    this.beside = beside
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
      this.queue.write(this.bytes(data))
    } catch (error) {
      throw this.failed(error)
    }
  }

  line(text: string): void {
    this.write(`${text}\n`)
  }

  send(data: string | Uint8Array): void | Promise<void> {
    try {
      const sent = this.queue.send(this.bytes(data))
      return sent === undefined ? undefined : this.interruptible(sent)
    } catch (error) {
      throw this.failed(error)
    }
  }

  drain(): void | Promise<void> {
    const rest = this.rest()
    return rest === undefined ? undefined : this.interruptible(rest)
  }

  /** As `drain`, whatever tells the program to end. */
  rest(): Promise<void> | undefined {
    return this.opened?.drain()?.catch((error: unknown) => Promise.reject(this.failed(error)))
  }

  private bytes(data: string | Uint8Array): Uint8Array {
    return typeof data === 'string' ? Buffer.from(this.isTerminal ? visible(data) : data) : data
  }

  private get queue(): WriteQueue {
    const shared = (): WriteQueue | undefined =>
      this.beside !== undefined && isSameFile(this.fd, this.beside.fd) ? this.beside.queue : undefined
    return (this.opened ??= shared() ?? new WriteQueue(this.descriptor))
  }

  private interruptible(sent: Promise<void>): Promise<void> {
    const signal = this.signal()
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason as Error)
      const release = onAbort(signal, () => reject(signal.reason as Error))
      sent.then(
        () => {
          release()
          resolve()
        },
        (error: unknown) => {
          release()
          reject(this.failed(error))
        },
      )
    })
  }

  /** What a failed write is thrown as: a reader that has gone ends the program as SIGPIPE would, a terminal as SIGHUP. */
  private failed(error: unknown): Error {
    const { code } = error as NodeJS.ErrnoException
    const signal = code === 'EPIPE' ? SIGPIPE : this.isTerminal && HUNG_UP.includes(code ?? '') ? SIGHUP : undefined
    if (signal === undefined) return pathError('write', NAMES[this.fd] ?? '', error)
    return new CliError('', { code: 'output-closed', exitCode: 128 + signal, cause: error })
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
    const stream = this.descriptor.stream()
    // A terminal that has hung up has no modes any more.
    const ignore = (): void => undefined
    stream.on('error', ignore)
    stream.setRawMode?.(raw)
    stream.off('error', ignore)
  }
}

/** How a terminal fails that has hung up: to be written to, and to be opened as a stream. */
const HUNG_UP = ['EIO', 'ERR_TTY_INIT_FAILED']
const SIGHUP = 1
const SIGPIPE = 13

/** What Go calls the descriptors. */
const NAMES: Readonly<Record<number, string>> = { 1: '/dev/stdout', 2: '/dev/stderr' }
