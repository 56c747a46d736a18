/** Go's type time.Duration, for templates and JSON: nanoseconds in 64 bits. */
import { formatDuration } from './duration.ts'
import { toInt } from './number.ts'
import { float64, int64, method, named, str, type Type } from './types.ts'

type Nanoseconds = number | bigint

/** Whole units and the rest apart, as Go rounds. */
function inUnits(unit: bigint): (n: Nanoseconds) => number {
  return (n) => Number(BigInt(n) / unit) + Number(BigInt(n) % unit) / Number(unit)
}

export const duration: Type = named('time.Duration', int64, {
  String: method(str, (n: Nanoseconds) => formatDuration(BigInt(n))),
  Nanoseconds: method(int64, (n: Nanoseconds) => n),
  Microseconds: method(int64, (n: Nanoseconds) => toInt(BigInt(n) / 1_000n)),
  Milliseconds: method(int64, (n: Nanoseconds) => toInt(BigInt(n) / 1_000_000n)),
  Seconds: method(float64, inUnits(1_000_000_000n)),
  Minutes: method(float64, inUnits(60_000_000_000n)),
  Hours: method(float64, inUnits(3_600_000_000_000n)),
})
