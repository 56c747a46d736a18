/**
 * Buffers for what one call sends, the large ones used again once they are sent. Node collects garbage only when 32 to 64 MiB of
 * buffers lie about, as the version has it, and the frames of a large file would make that the least a build takes.
 */
export class SendBuffers {
  readonly #free: Buffer[] = []
  readonly #large = new WeakMap<ArrayBufferLike, Buffer>()

  /** A buffer of at least `size` bytes, whatever is in them. */
  readonly allocate = (size: number): Buffer => {
    if (size < LARGE) return Buffer.allocUnsafe(size)
    const free = this.#free.pop()
    if (free !== undefined && free.length >= size) return free
    const buffer = Buffer.allocUnsafeSlow(Math.ceil(size / STEP) * STEP)
    this.#large.set(buffer.buffer, buffer)
    return buffer
  }

  /** What is to be called when bytes in a buffer of `allocate` have been sent; undefined for those that are not used again. */
  whenSent(bytes: Buffer): ((error?: Error | null) => void) | undefined {
    const buffer = this.#large.get(bytes.buffer)
    if (buffer === undefined) return undefined
    return (error) => {
      // Where a call broke off, its connection may still hold what it was to send.
      if (error === undefined || error === null) this.#free.push(buffer)
    }
  }
}

const LARGE = 16 * 1024
const STEP = 4 * 1024
