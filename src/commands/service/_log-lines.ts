import type { StreamSink } from '../../engine/stdcopy.ts'
import { type Frame, WholeFrames } from '../../engine/whole-frames.ts'

/** Where the lines of a log go, and what stands in place of their details. */
export interface LogLineOptions {
  readonly stdout: StreamSink
  readonly stderr: StreamSink
  /** Whether a line begins with its time, before its details. */
  readonly timestamps: boolean
  /** Gives what a line shows for its details; throws where they cannot be read. */
  readonly label: (details: string) => Promise<string>
}

/**
 * Writes the lines of a service's multiplexed log, each with its label in place of its details. What `label` gave is kept, and
 * neighbouring lines of a stream are written at once; the order between the streams stays (docker/cli service logWriter).
 */
export class LogLines {
  readonly #frames = new WholeFrames()
  readonly #options: LogLineOptions
  readonly #labels = new Map<string, Buffer>()

  constructor(options: LogLineOptions) {
    this.#options = options
  }

  /** Takes the next bytes of the log; their memory is in use until it resolves. */
  async write(chunk: Uint8Array): Promise<void> {
    const { frames, failure } = this.#frames.read(chunk)
    let parts: Uint8Array[] = []
    let stream: Frame['stream'] = 'stdout'
    const flush = async (): Promise<void> => {
      if (parts.length > 0) await this.#options[stream](Buffer.concat(parts))
      parts = []
    }
    try {
      for (const frame of frames) {
        if (frame.payload.length === 0) continue
        if (frame.stream !== stream) await flush()
        stream = frame.stream
        const line = Buffer.from(frame.payload.buffer, frame.payload.byteOffset, frame.payload.length)
        const { start, end } = this.#detailsOf(line)
        const details = line.toString('latin1', start, end)
        const label = this.#labels.get(details) ?? (await this.#label(details))
        if (start > 0) parts.push(line.subarray(0, start))
        parts.push(label, line.subarray(end + 1))
      }
    } finally {
      await flush()
    }
    if (failure !== undefined) throw failure
  }

  /** Where in a line its details stand; a space ends them, and another one the time before them. */
  #detailsOf(line: Buffer): { start: number; end: number } {
    const start = this.#options.timestamps ? line.indexOf(SPACE) + 1 : 0
    const end = this.#options.timestamps && start === 0 ? -1 : line.indexOf(SPACE, start)
    if (end === -1) throw new Error(`invalid context in log message: ${line.toString()}`)
    return { start, end }
  }

  async #label(details: string): Promise<Buffer> {
    const label = Buffer.from(await this.#options.label(Buffer.from(details, 'latin1').toString()))
    if (this.#labels.size >= MAX_LABELS) this.#labels.clear()
    this.#labels.set(details, label)
    return label
  }
}

const SPACE = 0x20
/** More different details than a swarm's tasks have: they change from line to line. */
const MAX_LABELS = 10_000
