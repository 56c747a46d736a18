// Answers that are streams, as values to iterate over. Commands take the bytes as they come, which is faster.
import { jsonMessages, progressMessages } from './ndjson.ts'
import { demultiplex } from './stdcopy.ts'
import type { ResponseBody } from './transport.ts'
import type { ContainerStats } from './types/stats.ts'
import type { JsonMessage } from './types/system.ts'
import { wires } from './wires.ts'

/** The daemon took a request and failed at it while it reported progress. */
export class ProgressError extends Error {
  override readonly name = 'ProgressError'
  /** The same for all of them. */
  readonly code = 'engine/progress'
  /** The code within the daemon's `errorDetail`; 0 where it gives none. */
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/** Part of a container's output. */
export interface LogChunk {
  /** Where the container wrote it; a terminal's output is all `stdout`. */
  stream: 'stdout' | 'stderr'
  /** As written, cut anywhere. */
  bytes: Uint8Array
}

/** The messages of a pull, push, load or import; throws ProgressError for the one that carries `errorDetail`. */
export async function* checkedProgress(body: ResponseBody): AsyncGenerator<JsonMessage> {
  for await (const message of progressMessages(body)) {
    const { errorDetail, error } = message
    if (errorDetail) throw new ProgressError(errorDetail.message ?? error ?? '', errorDetail.code ?? 0)
    yield message
  }
}

/** The output in a body of logs, raw from a terminal and multiplexed otherwise; throws DaemonStreamError for a daemon's report. */
export async function* logChunks(body: ResponseBody, tty: boolean): AsyncGenerator<LogChunk> {
  const ready: LogChunk[] = []
  const put = (stream: LogChunk['stream']) => (bytes: Uint8Array) => void ready.push({ stream, bytes })
  const frames = demultiplex({ stdout: put('stdout'), stderr: put('stderr') })
  for await (const chunk of body) {
    let failure: unknown
    try {
      if (tty) put('stdout')(chunk)
      else void frames.write(chunk)
    } catch (error) {
      failure = error
    }
    yield* ready.splice(0)
    if (failure !== undefined) throw failure
  }
}

/** The samples in a body of stats. */
export function statsSamples(body: ResponseBody): AsyncGenerator<ContainerStats> {
  return jsonMessages(body, wires.containerStats)
}
