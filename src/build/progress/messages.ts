import type {
  StatusResponse,
  Vertex as WireVertex,
  VertexLog as WireLog,
  VertexStatus as WireStatus,
  VertexWarning as WireWarning,
} from '../proto/control.ts'
import type { Timestamp } from '../proto/timestamp.ts'
import type { LineRange, Nanoseconds, SolveStatus, Vertex, VertexLog, VertexStatus, VertexWarning } from './status.ts'

/**
 * Gives the reader of one build's Status messages: what it gives has the times of our clock, whose time was `now` when the build
 * was asked for, since the builder's may be another (buildx util/progress ResetTime).
 */
export function statusReader(now: Nanoseconds): (message: StatusResponse) => SolveStatus {
  let difference: Nanoseconds | undefined
  const read = (time: Timestamp): Nanoseconds => toNanoseconds(time) - (difference ?? 0n)
  return ({ vertexes, statuses, logs, warnings }) => {
    const first = vertexes.find(({ started }) => started !== undefined)?.started
    if (first !== undefined) difference ??= toNanoseconds(first) - now
    return {
      vertexes: vertexes.map((one) => readVertex(one, read)),
      statuses: statuses.map((one) => readStatus(one, read)),
      logs: logs.map((one) => readLog(one, read)),
      warnings: warnings.map(readWarning),
    }
  }
}

type ReadTime = (time: Timestamp) => Nanoseconds

function readVertex(wire: WireVertex, read: ReadTime): Vertex {
  const { digest, inputs, name, cached, error, progressGroup: group } = wire
  return { digest, inputs, name, cached, error, ...span(wire, read), ...(group !== undefined && { group }) }
}

function readStatus(wire: WireStatus, read: ReadTime): VertexStatus {
  const { id, vertex, name, current, total, timestamp = ZERO } = wire
  return { id, vertex, name, current, total, timestamp: read(timestamp), ...span(wire, read) }
}

function readLog({ vertex, stream, msg, timestamp = ZERO }: WireLog, read: ReadTime): VertexLog {
  return { vertex, stream, data: msg, timestamp: read(timestamp) }
}

function readWarning({ vertex, level, short, detail, url, info, ranges }: WireWarning): VertexWarning {
  const source = info && { filename: info.filename, data: info.data, language: info.language }
  return { vertex, level, short, detail, url, ...(source && { source }), ranges: ranges.map(readRange) }
}

function readRange({ start, end }: WireWarning['ranges'][number]): LineRange {
  return { start: start ?? TOP, end: end ?? TOP }
}

function span({ started, completed }: Pick<WireVertex, 'started' | 'completed'>, read: ReadTime) {
  return {
    ...(started !== undefined && { started: read(started) }),
    ...(completed !== undefined && { completed: read(completed) }),
  }
}

function toNanoseconds({ seconds, nanos }: Timestamp): Nanoseconds {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos)
}

const ZERO: Timestamp = { seconds: 0, nanos: 0 }
const TOP = { line: 0, character: 0 }
