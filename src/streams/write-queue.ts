import { type Descriptor, openTarget, type Target, writeAvailable } from './descriptor.ts'
import type { Sink } from './sink.ts'

/**
 * Writes to a descriptor in order without blocking: at once what the reader takes, the rest when it takes more, while the
 * program goes on. Once writing has failed in the meantime, every other write throws the same.
 */
export class WriteQueue {
  private readonly descriptor: Descriptor<unknown>
  private target: Target | undefined
  private stream: Sink | undefined
  private readonly waiting: Uint8Array[] = []
  private draining: Promise<void> | undefined
  private failure: { readonly error: unknown } | undefined

  constructor(descriptor: Descriptor<unknown>) {
    this.descriptor = descriptor
  }

  /** Writes all of it, what has to wait from a copy. Throws with the system's message. */
  write(data: Uint8Array): void {
    const rest = this.attempt(data)
    if (rest !== undefined) void this.wait(Buffer.from(rest))
  }

  /** Writes all of it; `data` is in use until it returns or the promise resolves. Throws as `write`. */
  send(data: Uint8Array): void | Promise<void> {
    // A reader that was slow once is slow again: the stream waits for it without a write of ours that fails first.
    if (this.stream !== undefined && this.draining === undefined && this.failure === undefined) {
      const pending = this.stream(data)
      return pending === undefined ? undefined : this.run(pending)
    }
    const rest = this.attempt(data)
    return rest === undefined ? undefined : this.wait(rest)
  }

  /** Undefined when nothing waits, otherwise resolves once nothing does; rejects when writing has failed. */
  drain(): Promise<void> | undefined {
    return this.failure === undefined ? this.draining : Promise.reject(this.failure.error as Error)
  }

  /** Writes what goes out at once, and gives the rest. */
  private attempt(data: Uint8Array): Uint8Array | undefined {
    if (this.failure !== undefined) throw this.failure.error
    this.target ??= openTarget(this.descriptor)
    if (this.draining !== undefined || (this.target.blocks && this.stream === undefined)) return data
    return writeAvailable(this.target.fd, data)
  }

  private wait(data: Uint8Array): Promise<void> {
    this.waiting.push(data)
    return this.draining ?? this.run()
  }

  private run(first?: void | Promise<void>): Promise<void> {
    this.draining = this.writeWaiting(first)
    // A caller that does not wait gets the error at the next write, or at the end.
    this.draining.catch(() => undefined)
    return this.draining
  }

  private async writeWaiting(first: void | Promise<void>): Promise<void> {
    try {
      await first
      this.stream ??= (await import('./write-stream.ts')).openWriteStream(this.target!, this.descriptor.fd)
      for (let chunk = this.waiting.shift(); chunk !== undefined; chunk = this.waiting.shift()) await this.stream(chunk)
    } catch (error) {
      this.failure = { error }
      this.waiting.length = 0
      throw error
    } finally {
      this.draining = undefined
    }
  }
}
