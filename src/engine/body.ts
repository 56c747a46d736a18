import type { ChunkSink, ResponseBody } from './transport.ts'

/** What a body needs of the connection it comes over. */
export interface BodySource {
  /** Lets more bytes come. */
  resume(): void
  /** Gives the rest of the response up. */
  cancel(): void
}

/**
 * A response's body between the connection that feeds it and the one reader that takes it. What comes while nobody
 * reads is copied and kept, and `feed` answers false until it has been taken.
 */
export class StreamBody implements ResponseBody {
  readonly #source: BodySource
  readonly #queue: Uint8Array[] = []
  #queued = 0
  #sink: ChunkSink | undefined
  #reading = false
  #busy = false
  #ended = false
  #cancelled = false
  #error: unknown
  #failed = false
  #settle: { resolve: () => void; reject: (error: unknown) => void } | undefined

  constructor(source: BodySource) {
    this.#source = source
  }

  /** Takes bytes from the connection, whose memory is free again once it answers true or resumes. */
  feed(chunk: Uint8Array): boolean {
    if (chunk.length === 0 || this.#cancelled) return true
    if (this.#sink === undefined || this.#busy) {
      this.#queue.push(Uint8Array.prototype.slice.call(chunk))
      this.#queued += chunk.length
      if (!this.#reading) return false
      this.#wake()
      return this.#queued < HIGH_WATER
    }
    let taken
    try {
      taken = this.#sink(chunk)
    } catch (error) {
      this.#giveUp(error)
      return false
    }
    if (taken === undefined) return true
    this.#busy = true
    taken.then(
      () => (this.#queue.length > 0 ? void this.#drain() : this.#idle()),
      (error: unknown) => this.#giveUp(error),
    )
    return false
  }

  /** The response is whole. */
  finish(): void {
    this.#ended = true
    this.#wake()
  }

  /** The response broke off; what came before is still handed over, unless `now`. */
  fail(error: unknown, now = false): void {
    if (this.#ended || this.#failed || this.#cancelled) return
    this.#failed = true
    this.#error = error
    if (now) this.#queue.length = 0
    this.#wake()
    if (now && this.#busy) this.#settle?.reject(error)
  }

  pump(sink: ChunkSink): Promise<void> {
    this.#begin()
    this.#sink = sink
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#busy = true
      void this.#drain()
    })
  }

  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    await this.pump((chunk) => void chunks.push(Uint8Array.prototype.slice.call(chunk)))
    return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
  }

  async text(): Promise<string> {
    const bytes = await this.bytes()
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
  }

  cancel(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    this.#queue.length = 0
    this.#source.cancel()
    this.#wake()
    this.#settle?.resolve()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    this.#begin()
    this.#reading = true
    try {
      for (;;) {
        const chunk = this.#queue.shift()
        if (chunk !== undefined) {
          this.#queued -= chunk.length
          yield chunk
          continue
        }
        if (this.#cancelled) return
        if (this.#failed) throw this.#error
        if (this.#ended) return
        await new Promise<void>((resolve, reject) => {
          this.#settle = { resolve, reject }
          this.#source.resume()
        })
      }
    } finally {
      if (!this.#ended && !this.#failed) this.cancel()
    }
  }

  #begin(): void {
    if (this.#sink !== undefined || this.#reading) throw new Error('the body has been read already')
  }

  #wake(): void {
    if (this.#reading) this.#settle?.resolve()
    else if (!this.#busy && this.#sink !== undefined) this.#conclude()
  }

  async #drain(): Promise<void> {
    try {
      for (let chunk = this.#queue.shift(); chunk !== undefined; chunk = this.#queue.shift()) {
        this.#queued -= chunk.length
        await this.#sink?.(chunk)
      }
    } catch (error) {
      this.#giveUp(error)
      return
    }
    this.#idle()
  }

  // The sink has taken all there was.
  #idle(): void {
    this.#busy = false
    if (this.#ended || this.#failed) this.#conclude()
    else if (!this.#cancelled) this.#source.resume()
  }

  #conclude(): void {
    if (this.#failed) this.#settle?.reject(this.#error)
    else this.#settle?.resolve()
  }

  // The reader itself failed: nothing more is wanted.
  #giveUp(error: unknown): void {
    this.#settle?.reject(error)
    this.cancel()
  }
}

/** How much is kept ahead of a reader that iterates. */
const HIGH_WATER = 256 * 1024
