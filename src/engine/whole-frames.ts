import { DaemonStreamError } from './stdcopy.ts'

/** One frame of a multiplexed stream. */
export interface Frame {
  readonly stream: 'stdout' | 'stderr'
  /** Part of the memory that was read from. */
  readonly payload: Uint8Array
}

/**
 * Takes the frames of a multiplexed stream one by one, wherever its chunks are cut, for those to whom a frame means something:
 * of a service's logs each is a line with its task. `demultiplex` is faster for all others.
 */
export class WholeFrames {
  #parts: Uint8Array[] = []
  #length = 0
  #wanted = HEADER

  /**
   * Gives the frames that end in `chunk`, and what ends the stream after them: an error frame of the daemon, an unknown stream,
   * a frame too large to hold. The frames' memory is partly the chunk's.
   */
  read(chunk: Uint8Array): { frames: Frame[]; failure?: Error } {
    const frames: Frame[] = []
    if (this.#length + chunk.length < this.#wanted) {
      this.#keep(chunk)
      return { frames }
    }
    const bytes = this.#length === 0 ? chunk : Buffer.concat([...this.#parts, chunk])
    this.#parts = []
    this.#length = 0
    let at = 0
    for (;;) {
      this.#wanted = HEADER
      if (bytes.length - at < HEADER) break
      const [stream, size] = header(bytes, at)
      if (stream > SYSTEM_ERROR) return { frames, failure: new Error(`unrecognized stream: ${stream}`) }
      if (size > MAX_FRAME) return { frames, failure: new Error(`a frame of ${size} bytes in the stream`) }
      this.#wanted = HEADER + size
      if (bytes.length - at < this.#wanted) break
      const payload = bytes.subarray(at + HEADER, at + this.#wanted)
      if (stream === SYSTEM_ERROR) return { frames, failure: new DaemonStreamError(Buffer.from(payload).toString()) }
      frames.push({ stream: stream === STDERR ? 'stderr' : 'stdout', payload })
      at += this.#wanted
    }
    if (at < bytes.length) this.#keep(bytes.subarray(at))
    return { frames }
  }

  // The chunk's memory is filled anew; a Buffer's own slice would be a view.
  #keep(bytes: Uint8Array): void {
    this.#parts.push(Uint8Array.prototype.slice.call(bytes))
    this.#length += bytes.length
  }
}

const STDERR = 2
const SYSTEM_ERROR = 3
const HEADER = 8
/** A header may announce 4 GiB; a line of a log is cut by the daemon at 16 KiB. */
const MAX_FRAME = 64 * 1024 * 1024

function header(bytes: Uint8Array, at: number): [stream: number, size: number] {
  const byte = (i: number): number => bytes[at + i] as number
  return [byte(0), ((byte(4) << 24) | (byte(5) << 16) | (byte(6) << 8) | byte(7)) >>> 0]
}
