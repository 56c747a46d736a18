import { type Interval, totalSeconds } from './interval.ts'
import { fixed, transferred } from './amounts.ts'
import { isCanceled, type Nanoseconds } from './status.ts'
import type { Step } from './step.ts'
import type { Trace } from './trace.ts'

/** A row of the terminal display: a step, one of its transfers, or a warning about it. */
export interface Row {
  readonly name: string
  /** How much of it is done. */
  readonly amount: string
  readonly seconds: number
  readonly isCompleted: boolean
  readonly outcome: 'run' | 'cancel' | 'error'
  /** The step, on its own row. */
  readonly step?: Step
}

/** The rows of all steps that have started, by `now` as the builder's clock has it. */
export function rowsOf(trace: Trace, now: Nanoseconds): Row[] {
  return trace.started.flatMap((step) => [stepRow(step, now), ...statusRows(step, now), ...warningRows(step, now)])
}

/**
 * The rows that fit into `limit`: the newest, where those that still run and would be cut off take the places of others that
 * have come to their end (buildkit progressui wrapHeight).
 */
export function fitRows(rows: readonly Row[], limit: number): readonly Row[] {
  if (limit <= 0) return []
  if (rows.length <= limit) return rows
  const hidden = rows.slice(0, -limit).filter((row) => !row.isCompleted)
  let places = hidden.length
  const kept = rows.slice(-limit).filter((row) => !row.isCompleted || places-- <= 0)
  const free = limit - kept.length
  return free === 0 ? kept : [...hidden.slice(-free), ...kept]
}

function stepRow(step: Step, now: Nanoseconds): Row {
  const { error, cached } = step.vertex
  const outcome = error === '' ? 'run' : isCanceled(error) ? 'cancel' : 'error'
  const failure = { run: '', cancel: 'CANCELED ', error: 'ERROR ' }[outcome]
  const name = (cached ? 'CACHED ' : '') + failure + step.vertex.name
  const { isCompleted } = step
  return { name, amount: '', seconds: secondsOf(step.intervals, now), isCompleted, outcome, step }
}

function statusRows(step: Step, now: Nanoseconds): Row[] {
  return step.statuses.map(({ id, current, total, started, completed }) => {
    const ran = { start: started ?? now, ...(completed !== undefined && { stop: completed }) }
    const isCompleted = completed !== undefined
    const amount = transferred(current, total)
    return { name: `=> ${id}`, amount, seconds: secondsOf([ran], now), isCompleted, outcome: 'run' }
  })
}

function warningRows(step: Step, now: Nanoseconds): Row[] {
  const seconds = secondsOf(step.intervals.slice(-1), now)
  return step.warnings.map(({ short }) => {
    const name = `WARN: ${Buffer.from(short).toString()}`
    return { name, amount: '', seconds, isCompleted: step.isCompleted, outcome: 'cancel' }
  })
}

/** Shorter than what is shown as a tenth counts as nothing. */
function secondsOf(intervals: readonly Interval[], now: Nanoseconds): number {
  const seconds = totalSeconds(intervals, now)
  return seconds < 0.05 ? 0 : seconds
}

/** How long a row has taken, as it is shown. */
export function timeOf({ seconds }: Row): string {
  return `${fixed(seconds, 1)}s`
}
