import { Duplex } from 'node:stream'
import type { Exit, SshProcess } from './process.ts'

/** The callbacks of a stream to its opener. */
export interface SshStreamEvents {
  /** The remote host has sent its first bytes: the connection works. */
  works(): void
  /**
   * ssh has ended with a failure before the remote host gave anything. Gives another ssh, which is then told all that the
   * first was, or the error; `whole` is false when that cannot be repeated any more.
   */
  failed(process: SshProcess, exit: Exit, whole: boolean): Promise<SshProcess | Error>
  /** The error of an ssh that failed later. */
  error(process: SshProcess, exit: Exit): Error
}

/**
 * The standard streams of an ssh as one stream: its end is the daemon's only once ssh has ended well (docker/cli
 * cli/connhelper/commandconn). Until the remote host answers, what was written is kept for the next attempt.
 */
export class SshStream extends Duplex {
  #process: SshProcess
  readonly #events: SshStreamEvents
  #kept: Buffer[] | undefined = []
  #keptLength = 0
  #writing: ((error?: Error | null) => void) | undefined
  #finished = false
  #heard = false

  constructor(process: SshProcess, events: SshStreamEvents) {
    super({ allowHalfOpen: true, emitClose: true })
    this.#process = process
    this.#events = events
    this.#listen(process)
  }

  override _read(): void {
    this.#process.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#keep(chunk)
    this.#writing = callback
    this.#process.stdin.write(chunk, (error) => {
      // A broken pipe is not reported by itself: ssh is about to end, and its stderr has the reason.
      if (error || this.#writing !== callback) return
      this.#writing = undefined
      callback()
    })
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#finished = true
    this.#process.stdin.end()
    callback()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#process.stdin.destroy()
    this.#process.stdout.destroy()
    this.#process.kill()
    callback(error)
  }

  #keep(chunk: Buffer): void {
    if (this.#kept === undefined) return
    this.#keptLength += chunk.length
    if (this.#keptLength > MAX_KEPT) this.#kept = undefined
    // The writer may use its memory again.
    else this.#kept.push(Buffer.from(chunk))
  }

  #listen(process: SshProcess): void {
    const { stdin, stdout } = process
    stdin.on('error', () => undefined)
    stdout.on('error', () => undefined)
    stdout.on('data', (chunk: Buffer) => {
      if (!this.#heard) {
        this.#heard = true
        this.#kept = undefined
        this.#events.works()
      }
      if (!this.push(chunk)) stdout.pause()
    })
    stdout.once('close', () => void this.#conclude(process))
  }

  async #conclude(process: SshProcess): Promise<void> {
    const exit = await this.#exitOf(process)
    if (this.destroyed) return
    if (exit instanceof Error) this.destroy(exit)
    else if (exit.words === '') this.push(null)
    else if (this.#heard) this.destroy(this.#events.error(process, exit))
    else {
      const next = await this.#events.failed(process, exit, this.#kept !== undefined)
      if (!this.destroyed) this.#goOn(next)
      else if (!(next instanceof Error)) next.kill()
    }
  }

  async #exitOf(process: SshProcess): Promise<Exit | Error> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Error>((resolve) => {
      timer = setTimeout(
        () => resolve(new Error(`ssh did not exit after EOF: stderr=${process.stderr()}`)),
        EXIT_TIMEOUT_MS,
      )
    })
    const outcome = await Promise.race([process.ended, late])
    clearTimeout(timer)
    return outcome
  }

  #goOn(next: SshProcess | Error): void {
    if (next instanceof Error) {
      this.destroy(next)
      return
    }
    this.#process = next
    this.#listen(next)
    for (const chunk of this.#kept ?? []) next.stdin.write(chunk)
    const waiting = this.#writing
    this.#writing = undefined
    waiting?.()
    if (this.#finished) next.stdin.end()
    next.stdout.resume()
  }
}

const MAX_KEPT = 256 * 1024
const EXIT_TIMEOUT_MS = 10_000
