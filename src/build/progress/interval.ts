import type { Nanoseconds } from './status.ts'

/** A span of time in which a step ran; it still runs where `stop` is missing. */
export interface Interval {
  readonly start: Nanoseconds
  readonly stop?: Nanoseconds
}

/** Takes spans in any order and gives those that touch or overlap as one, in the order of time; nothing comes after an open one. */
export function mergeIntervals(intervals: Iterable<Interval>): Interval[] {
  const merged: Interval[] = []
  for (const next of [...intervals].sort(byStart)) {
    const last = merged.at(-1)
    if (last === undefined) merged.push(next)
    else if (last.stop === undefined) return merged
    else if (last.stop < next.start) merged.push(next)
    else if (next.stop === undefined) merged[merged.length - 1] = { start: last.start }
    else if (next.stop > last.stop) merged[merged.length - 1] = { start: last.start, stop: next.stop }
  }
  return merged
}

/** The seconds that spans take together; an open one lasts until `now`. */
export function totalSeconds(intervals: readonly Interval[], now: Nanoseconds): number {
  return intervals.reduce((sum, { start, stop = now }) => sum + toSeconds(stop - start), 0)
}

/** A difference of two points in time as seconds. */
export function toSeconds(nanoseconds: Nanoseconds): number {
  return Number(nanoseconds) / 1e9
}

/** A time of ours as BuildKit counts it. */
export function toNanoseconds(time: Date): Nanoseconds {
  return BigInt(time.getTime()) * 1_000_000n
}

function byStart(one: Interval, other: Interval): number {
  return one.start < other.start ? -1 : one.start > other.start ? 1 : 0
}
