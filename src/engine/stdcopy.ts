/** Takes bytes of one of the two streams; their memory is the sink's until it returns or its promise resolves. */
export type StreamSink = (chunk: Uint8Array) => void | Promise<void>

/** What takes a multiplexed stream apart, see `demultiplex`. */
export interface Demultiplexer {
  /** Takes the next bytes, which it rearranges; a promise means that the memory is in use until it resolves. */
  write(chunk: Uint8Array): void | Promise<void>
}

/**
 * Takes the frames of a multiplexed stream apart, wherever its chunks are cut. Neighbouring payloads of the same
 * stream are moved together in place and written once, and the order between the two streams is kept. An error frame
 * of the daemon and an unknown stream throw; a frame cut short at the end is dropped, as the reference does
 * (moby api/pkg/stdcopy).
 */
export function demultiplex(sinks: { stdout: StreamSink; stderr: StreamSink }): Demultiplexer {
  const frames = new Frames()
  const deliver = ({ stream, bytes }: Run) => (stream === STDERR ? sinks.stderr(bytes) : sinks.stdout(bytes))
  return {
    write(chunk) {
      const { runs, failure } = frames.split(chunk)
      for (let i = 0; i < runs.length; i++) {
        const pending = deliver(runs[i] as Run)
        if (pending !== undefined) return rest(pending, runs.slice(i + 1), failure)
      }
      if (failure !== undefined) throw failure
      return undefined
    },
  }

  async function rest(pending: Promise<void>, runs: Run[], failure: Error | undefined): Promise<void> {
    await pending
    for (const run of runs) await deliver(run)
    if (failure !== undefined) throw failure
  }
}

/** The daemon reports an error inside the stream. */
export class DaemonStreamError extends Error {
  override readonly name = 'DaemonStreamError'
  /** The same for all of them. */
  readonly code = 'stream/daemon'
  constructor(message: string) {
    super(`error from daemon in stream: ${message}`)
  }
}

interface Run {
  stream: number
  bytes: Uint8Array
}

const STDERR = 2
const SYSTEM_ERROR = 3
const HEADER = 8
/** How much of a report is kept for the error's message: words, of which a frame's header may announce 4 GiB. */
const MAX_REPORT = 64 * 1024

// Where in the stream of frames we are, between chunks.
class Frames {
  readonly #header = new Uint8Array(HEADER)
  #headerLength = 0
  #stream = 0
  #left = 0
  #error: Uint8Array[] = []
  #errorLength = 0

  /** The payloads in `chunk`, moved together inside it, and what ends the stream after them. */
  split(chunk: Uint8Array): { runs: Run[]; failure?: Error } {
    const runs: Run[] = []
    let stream = -1
    let start = 0
    let end = 0
    const close = () => {
      if (end > start) runs.push({ stream, bytes: chunk.subarray(start, end) })
    }
    let at = 0
    while (at < chunk.length) {
      if (this.#left === 0) {
        at = this.#takeHeader(chunk, at)
        const failure = this.#headerLength === 0 ? this.#failure() : undefined
        if (failure === undefined) continue
        close()
        return { runs, failure }
      }
      const size = Math.min(this.#left, chunk.length - at)
      if (this.#stream === SYSTEM_ERROR) this.#keepError(chunk.subarray(at, at + size))
      else {
        if (this.#stream !== stream) {
          close()
          stream = this.#stream
          start = end = at
        } else if (end !== at) chunk.copyWithin(end, at, at + size)
        end += size
      }
      at += size
      this.#left -= size
      const failure = this.#failure()
      if (failure === undefined) continue
      close()
      return { runs, failure }
    }
    close()
    return { runs }
  }

  // Reads what there is of a frame's header and answers where it ends.
  #takeHeader(chunk: Uint8Array, from: number): number {
    if (this.#headerLength === 0 && chunk.length - from >= HEADER) {
      this.#begin(chunk, from)
      return from + HEADER
    }
    let at = from
    while (this.#headerLength < HEADER && at < chunk.length) {
      this.#header[this.#headerLength++] = chunk[at++] as number
    }
    if (this.#headerLength < HEADER) return at
    this.#headerLength = 0
    this.#begin(this.#header, 0)
    return at
  }

  #begin(bytes: Uint8Array, at: number): void {
    const byte = (i: number): number => bytes[at + i] as number
    this.#stream = byte(0)
    this.#left = ((byte(4) << 24) | (byte(5) << 16) | (byte(6) << 8) | byte(7)) >>> 0
  }

  // The report may come in several chunks, and each one's memory is filled anew. A Buffer's own slice would be a view.
  #keepError(bytes: Uint8Array): void {
    const room = MAX_REPORT - this.#errorLength
    if (room <= 0) return
    this.#error.push(Uint8Array.prototype.slice.call(bytes, 0, room))
    this.#errorLength += bytes.length
  }

  #failure(): Error | undefined {
    if (this.#stream > SYSTEM_ERROR) return new Error(`unrecognized stream: ${this.#stream}`)
    if (this.#stream < SYSTEM_ERROR) return undefined
    if (this.#left > 0 && this.#errorLength < MAX_REPORT) return undefined
    return new DaemonStreamError(Buffer.concat(this.#error).toString())
  }
}
