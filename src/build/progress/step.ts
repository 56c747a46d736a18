import { fixed } from './amounts.ts'
import { type Interval, mergeIntervals, toSeconds } from './interval.ts'
import type { Nanoseconds, Vertex, VertexLog, VertexStatus, VertexWarning } from './status.ts'

/** One line of the display: a vertex, or a group of them, with all that is known of it. */
export class Step {
  vertex: Pick<Vertex, 'name' | 'cached' | 'error'>
  readonly warnings: VertexWarning[] = []
  /** Its transfers and parts, in the order in which they began. */
  readonly statuses: VertexStatus[] = []
  /** The ids of statuses that have changed since they were last printed. */
  readonly changedStatuses = new Set<string>()
  /** Lines of output with the time before each; who prints them takes them out. */
  logs: Uint8Array[] = []
  /** Whether the last line of `logs` has not come to its end. */
  hasOpenLine = false
  /** How much has happened since `since`, which is set by the first of it. */
  events = 0
  since: Nanoseconds | undefined
  /** A group of which nothing but weak members has run is not shown. */
  hidden = false
  intervals: readonly Interval[] = []
  private readonly spans = new Map<Nanoseconds, Interval>()
  private readonly byId = new Map<string, VertexStatus>()

  constructor(vertex: Pick<Vertex, 'name' | 'cached' | 'error'>) {
    this.vertex = vertex
  }

  get isStarted(): boolean {
    return this.intervals.length > 0
  }

  get isCompleted(): boolean {
    return this.completed !== undefined
  }

  /** When it last came to its end; undefined while it runs. */
  get completed(): Nanoseconds | undefined {
    return this.intervals.at(-1)?.stop
  }

  /** Counts something that has happened to it. */
  happened(now: Nanoseconds): void {
    if (this.events === 0) this.since = now
    this.events++
  }

  /** Takes a time in which it ran, in place of what was known of that time; tells whether that is news. */
  ran({ started, completed }: Pick<Vertex, 'started' | 'completed'>): boolean {
    if (started === undefined) return false
    const before = this.spans.get(started)
    if (before !== undefined && before.stop === completed) return false
    this.spans.set(started, { start: started, ...(completed !== undefined && { stop: completed }) })
    this.intervals = mergeIntervals(this.spans.values())
    return true
  }

  addStatus(status: VertexStatus): void {
    const before = this.byId.get(status.id)
    this.byId.set(status.id, status)
    this.changedStatuses.add(status.id)
    const at = before === undefined ? -1 : this.statuses.indexOf(before)
    if (at >= 0) this.statuses[at] = status
    else if (status.started !== undefined) this.statuses.push(status)
  }

  addLog({ data, timestamp }: VertexLog): void {
    if (data.length === 0) return
    const start = this.intervals.at(-1)?.start
    const seconds = start === undefined ? 0 : toSeconds(timestamp - start)
    const time = Buffer.from(`${fixed(seconds, seconds < 10 ? 3 : seconds < 100 ? 2 : 1)} `)
    for (const [i, line] of linesOf(data).entries()) {
      const open = i === 0 && this.hasOpenLine ? this.logs.pop() : undefined
      this.logs.push(Buffer.concat([open ?? time, line]))
    }
    this.hasOpenLine = data.at(-1) !== LINE_FEED
  }
}

const LINE_FEED = 10

function linesOf(data: Uint8Array): Uint8Array[] {
  const lines = []
  for (let at = 0; at < data.length;) {
    const end = data.indexOf(LINE_FEED, at)
    lines.push(data.subarray(at, end < 0 ? data.length : end))
    at = end < 0 ? data.length : end + 1
  }
  return lines
}
