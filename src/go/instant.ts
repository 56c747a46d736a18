/** A point in time, with the offset and name of the zone it is shown in (Go's time.Time). */
export interface Instant {
  /** Whole seconds since 1970 in UTC. */
  readonly seconds: number
  readonly nanoseconds: number
  /** Seconds east of UTC. */
  readonly offset: number
  /** `UTC`, `CET`, or empty for a zone of which only the offset is known. */
  readonly zone: string
}
