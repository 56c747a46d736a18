import { fixed, transferred } from './amounts.ts'
import { toSeconds, totalSeconds } from './interval.ts'
import { lastLines } from './last-lines.ts'
import { isCanceled, type Nanoseconds, type VertexStatus } from './status.ts'
import type { Step } from './step.ts'
import type { Trace } from './trace.ts'

/** Text that is ours, or the bytes that a step printed. */
export type Piece = string | Uint8Array

/** How long one step may print before another is shown that prints too, in seconds. */
const ANTI_FLICKER = 5
/** How long a step may wait to be shown. */
const MAX_DELAY = 10
/** A transfer is told of again when so much time has gone by or so large a part is done. */
const MIN_TIME = 5
const MIN_PART = 0.05

/** What the plain display knows of a step besides what the trace does. */
interface Printed {
  readonly index: number
  warnings: number
  /** How many bytes of the open line stand there already; zero where that line begins anew. */
  openLine: number
  readonly last: ReturnType<typeof lastLines>
}

/** Progress for files and pipes, one step at a time, every line with the step's number (buildkit progressui textMux). */
export class PlainProgress {
  private readonly description: string
  private readonly longestName: number
  private readonly printed = new Map<Step, Printed>()
  private readonly lastStatus = new Map<string, { current: number; timestamp: Nanoseconds }>()
  private current: Step | undefined
  private isFirst = true

  /** `description` stands above the steps; a name longer than `longestName` is cut. */
  constructor(description: string, longestName = Infinity) {
    this.description = description
    this.longestName = longestName
  }

  /** What is to be printed after what was printed before. */
  print(trace: Trace, now: Nanoseconds): Piece[] {
    const out: Piece[] = []
    const shown = [...trace.changed].filter((step) => !step.hidden)
    const completed = shown.filter((step) => step.isCompleted).sort(byEnd)
    const running = shown.filter((step) => !step.isCompleted)
    const { current } = this
    const show = (step: Step): void => this.printStep(trace, step, now, out)
    if (current !== undefined && completed.includes(current)) show(current)
    for (const step of completed) if (step !== current) show(step)
    if (running.length > 0) {
      if (current !== undefined && running.includes(current)) show(current)
      const next = this.nextOf(running, current, completed, now)
      if (next !== undefined) show(next)
    } else if (!(current?.isStarted === true && !current.isCompleted)) {
      const open = trace.started.find((step) => !step.isCompleted && !step.hidden)
      if (open !== undefined) show(open)
    }
    return out
  }

  /** The last lines that a step printed, for the summary of its failure. */
  lastLogs(step: Step): readonly Uint8Array[] {
    return this.printed.get(step)?.last.lines() ?? []
  }

  /** Which of the running steps is due: the busiest one, in turns that are as long as the steps are busy. */
  private nextOf(
    running: readonly Step[],
    current: Step | undefined,
    completed: readonly Step[],
    now: Nanoseconds,
  ): Step | undefined {
    const candidates = new Set(current === undefined ? running : [...running, current])
    const stats = [...candidates].flatMap((step) => {
      if (step.since === undefined) return []
      const waited = toSeconds(now - step.since)
      return [{ step, waited, speed: step.events / waited, late: waited > MAX_DELAY && step !== current }]
    })
    const busiest = stats.reduce<(typeof stats)[number] | undefined>(
      (best, one) => (one.late || best === undefined || best.speed < one.speed ? one : best),
      undefined,
    )
    if (current === undefined || completed.includes(current)) return busiest?.step
    const late = stats.find((one) => one.late)
    if (late !== undefined) return late.step
    const mine = stats.find(({ step }) => step === current)
    const share = (mine?.speed ?? 0) / stats.reduce((sum, { speed }) => sum + speed, 0)
    return mine !== undefined && ANTI_FLICKER / (1 - share) < mine.waited ? busiest?.step : undefined
  }

  private printStep(trace: Trace, step: Step, now: Nanoseconds, out: Piece[]): void {
    const state = this.stateOf(step)
    this.turnTo(step, state, out)
    const isOpen = this.printStatuses(step, state, out)
    for (const { short } of step.warnings.slice(state.warnings)) {
      out.push(`#${state.index} WARN: `, short, '\n')
    }
    state.warnings = step.warnings.length
    printLogs(step, state, out)
    this.current = step
    if (step.isCompleted && !isOpen) this.conclude(step, state, now, out)
    trace.changed.delete(step)
  }

  private stateOf(step: Step): Printed {
    const known = this.printed.get(step)
    if (known !== undefined) return known
    const state = { index: this.printed.size + 1, warnings: 0, openLine: 0, last: lastLines(10) }
    this.printed.set(step, state)
    return state
  }

  private turnTo(step: Step, { index }: Printed, out: Piece[]): void {
    if (step === this.current) return
    const old = this.current
    if (old !== undefined) {
      const state = this.stateOf(old)
      if (old.hasOpenLine) out.push('\n')
      state.openLine = 0
      old.events = 0
      out.push(`#${state.index} ...\n`)
    }
    if (!this.isFirst) out.push('\n')
    else if (this.description !== '') out.push(`#0 ${this.description}\n\n`)
    this.isFirst = false
    const { name } = step.vertex
    out.push(`#${index} ${name.length > this.longestName ? `${name.slice(0, this.longestName)}...` : name}\n`)
  }

  /** Tells whether one of the statuses that it prints has not come to its end. */
  private printStatuses(step: Step, { index }: Printed, out: Piece[]): boolean {
    let isOpen = false
    for (const status of step.statuses) {
      if (!step.changedStatuses.has(status.id) || !this.isDue(status)) continue
      this.lastStatus.set(status.id, status)
      if (status.completed === undefined) isOpen = true
      const amount = transferred(status.current, status.total)
      out.push(`#${index} ${status.id}${amount === '' ? '' : ` ${amount}`}${timeOf(status)}\n`)
    }
    step.changedStatuses.clear()
    return isOpen
  }

  private isDue({ id, current, total, timestamp, completed }: VertexStatus): boolean {
    const last = this.lastStatus.get(id)
    if (last === undefined || completed !== undefined) return true
    const part = total > 0 ? (current - last.current) / total : 0
    return part >= MIN_PART || toSeconds(timestamp - last.timestamp) >= MIN_TIME
  }

  private conclude(step: Step, { index }: Printed, now: Nanoseconds, out: Piece[]): void {
    this.current = undefined
    step.events = 0
    if (step.hasOpenLine) out.push('\n')
    const { error, cached } = step.vertex
    if (error !== '') out.push(isCanceled(error) ? `#${index} CANCELED\n` : `#${index} ERROR: ${error}\n`)
    else if (cached) out.push(`#${index} CACHED\n`)
    else out.push(`#${index} DONE ${fixed(totalSeconds(step.intervals, now), 1)}s\n`)
  }
}

function printLogs(step: Step, state: Printed, out: Piece[]): void {
  const { logs, hasOpenLine } = step
  for (const [i, line] of logs.entries()) {
    const isOpen = hasOpenLine && i === logs.length - 1
    if (i === 0 && state.openLine > 0) out.push(line.subarray(state.openLine))
    else out.push(`#${state.index} `, line)
    if (!isOpen) out.push('\n')
    state.last.add(line, isOpen)
  }
  if (logs.length === 0) return
  const open = hasOpenLine ? logs.at(-1) : undefined
  step.logs = open === undefined ? [] : [open]
  state.openLine = open?.length ?? 0
}

function timeOf({ started, completed, timestamp }: VertexStatus): string {
  const seconds = started === undefined ? 0 : toSeconds((completed ?? timestamp) - started)
  return `${seconds > 0.01 ? ` ${fixed(seconds, 1)}s` : ''}${completed === undefined ? '' : ' done'}`
}

function byEnd(one: Step, other: Step): number {
  const [a = 0n, b = 0n] = [one.completed, other.completed]
  return a < b ? -1 : a > b ? 1 : 0
}
