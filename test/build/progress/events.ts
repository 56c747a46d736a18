import type { SolveStatus, Vertex, VertexStatus } from '../../../src/build/progress/status.ts'

/** A moment of a build that began at zero of its clock, in nanoseconds. */
export function at(seconds: number): bigint {
  return BigInt(Math.round(seconds * 1e9)) + 1_700_000_000_000_000_000n
}

/** A step's vertex; times in seconds. */
export function vertex(
  digest: string,
  name: string,
  { from, to, ...rest }: { from?: number; to?: number } & Partial<Vertex> = {},
): Vertex {
  return {
    digest,
    inputs: [],
    name,
    cached: false,
    error: '',
    ...(from !== undefined && { started: at(from) }),
    ...(to !== undefined && { completed: at(to) }),
    ...rest,
  }
}

/** A part of a step, `current` of `total` done; times in seconds. */
export function status(
  step: string,
  id: string,
  {
    now,
    from,
    to,
    current = 0,
    total = 0,
  }: { now: number; from: number; to?: number; current?: number; total?: number },
): VertexStatus {
  return {
    id,
    vertex: step,
    name: '',
    current,
    total,
    timestamp: at(now),
    started: at(from),
    ...(to !== undefined && { completed: at(to) }),
  }
}

/** Output of a step. */
export function log(step: string, now: number, text: string): SolveStatus {
  return { logs: [{ vertex: step, stream: 1, data: Buffer.from(text), timestamp: at(now) }] }
}
