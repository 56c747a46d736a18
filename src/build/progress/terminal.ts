import { displayWidth } from '../../format/width.ts'
import { visibleCell } from '../../go/visible.ts'
import { fixed } from './amounts.ts'
import { type Colours, paint } from './colours.ts'
import { toSeconds } from './interval.ts'
import { fitRows, type Row, rowsOf, timeOf } from './rows.ts'
import { Screen } from './screen.ts'
import type { Nanoseconds } from './status.ts'
import type { Step } from './step.ts'
import type { Trace } from './trace.ts'

/** The size of a terminal. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** The columns that stand beside a step's output. */
const LOG_MARGIN = 10
const MIN_LOG_LINES = 6

interface StepLog {
  readonly screen: Screen
  bytes: number
  /** In how many frames it was shown, so that other steps have their turn. */
  frames: number
}

/**
 * Progress on a terminal: frames that stand in the place of the one before, each made to be written at once, so that nothing
 * flickers (buildkit progressui ttyDisplay).
 */
export class TerminalProgress {
  private readonly description: string
  private readonly colours: Colours
  private readonly logLines: number
  private readonly logs = new Map<Step, StepLog>()
  /** The columns that each line of the last frame takes. */
  private last: number[] = []

  /** `description` stands at the right of the first line; `logLines` is how much of a running step's output is shown. */
  constructor(description: string, colours: Colours, logLines = MIN_LOG_LINES) {
    this.description = description
    this.colours = colours
    this.logLines = logLines
  }

  /** Takes what a step printed. */
  log(step: Step, data: Uint8Array, size: Size): void {
    let log = this.logs.get(step)
    if (log === undefined) {
      log = { screen: new Screen(this.linesFor(size), size.columns - LOG_MARGIN), bytes: 0, frames: 0 }
      this.logs.set(step, log)
    }
    log.bytes += data.length
    log.screen.write(data)
  }

  /** The next frame; the last one (`isFinal`) shows every step, however many there are. */
  frame(trace: Trace, now: Nanoseconds, size: Size, isFinal: boolean): string {
    const { clockDifference = 0n, begin = now - clockDifference } = trace
    const there = now - clockDifference
    const rows = rowsOf(trace, there)
    const { shown, hidden } = this.shownLogs(rows, size)
    const visible = isFinal ? rows : fitRows(rows, size.rows - 2 - hidden)
    const lines = [this.title(trace, toSeconds(there - begin), size.columns, isFinal)]
    for (const row of visible) {
      const line = this.line(row, size.columns)
      if (line === undefined) continue
      lines.push(line)
      if (row.step !== undefined) lines.push(...(shown.get(row.step) ?? []))
    }
    return this.redraw(lines, size)
  }

  private redraw(lines: readonly Line[], { columns }: Size): string {
    // A terminal that has become narrower has broken the lines that stand there.
    const above = this.last.reduce((sum, width) => sum + Math.max(Math.ceil(width / columns), 1), 0)
    this.last = lines.map(({ text }) => displayWidth(text))
    const up = above === 0 ? '' : `\x1b[${above}A`
    const body = lines.map(({ text, colour }) => `${paint(text, colour)}\x1b[K\n`).join('')
    return `${BEGIN_FRAME}\x1b[?25l${up}\r${body}\x1b[J\x1b[?25h${END_FRAME}`
  }

  private title(trace: Trace, seconds: number, columns: number, isFinal: boolean): Line {
    const { steps } = trace
    const completed = steps.filter((step) => step.isCompleted).length
    const finished = isFinal && completed > 0 && completed === steps.length
    const text = `[+] Building ${fixed(seconds, 1)}s (${completed}/${steps.length}) ${finished ? 'FINISHED' : ''}`
    return { text: apart(text, this.description, columns - 1) }
  }

  /** A row with its time at the right; undefined where the terminal is too narrow for it. */
  private line(row: Row, columns: number): Line | undefined {
    const time = timeOf(row)
    let room = columns - ' => '.length - time.length - 3
    let amount = ''
    if (row.amount !== '' && room + row.amount.length > 20) {
      room -= row.amount.length + 1
      amount = ` ${row.amount}`
    }
    if (room < 12) return undefined
    const text = apart(` => ${fit(visibleCell(row.name.replaceAll('\t', ' ')), room)}${amount}`, time, columns - 1)
    return { text, ...(row.isCompleted && { colour: this.colours[row.outcome] }) }
  }

  /** The output of running steps that there is room for, the busiest first, and how many lines it takes. */
  private shownLogs(rows: readonly Row[], size: Size): { shown: Map<Step, Line[]>; hidden: number } {
    const running = rows.filter((row) => !row.isCompleted)
    const candidates = running
      .flatMap(({ step }) => (step === undefined ? [] : [{ step, log: this.logs.get(step) }]))
      .filter((one): one is { step: Step; log: StepLog } => one.log !== undefined)
      .sort((a, b) => weight(b.log) - weight(a.log))
    const height = this.linesFor(size)
    const shown = new Map<Step, Line[]>()
    let free = size.rows - 2 - running.length
    let hidden = 0
    for (const { step, log } of candidates) {
      if (free <= height + 3) break
      log.frames++
      log.screen.resize(height, size.columns - LOG_MARGIN)
      const lines = log.screen.lines.map((line) => this.logLine(line, size.columns))
      shown.set(step, lines)
      hidden += lines.length
      free -= height + 3
    }
    return { shown, hidden }
  }

  private logLine(text: string, columns: number): Line {
    return { text: ` => => # ${fit(visibleCell(text), Math.max(columns - LOG_MARGIN, 6))}`, colour: this.colours.log }
  }

  private linesFor({ rows }: Size): number {
    return Math.max(MIN_LOG_LINES, Math.min(this.logLines, rows - MIN_LOG_LINES - 1))
  }
}

interface Line {
  readonly text: string
  readonly colour?: string | undefined
}

/** A terminal that knows it shows what is between the two at once. */
const BEGIN_FRAME = '\x1b[?2026h'
const END_FRAME = '\x1b[?2026l'

function weight({ bytes, frames }: StepLog): number {
  return bytes + frames * 50
}

/** Two texts at the ends of a line of that many columns. */
function apart(left: string, right: string, columns: number): string {
  const room = columns - displayWidth(right) - 1
  const start = fit(left, Math.max(room, 0))
  return fit(`${start}${' '.repeat(Math.max(room - displayWidth(start), 0))} ${right}`, columns)
}

/** As much of a text as fits into that many columns. */
function fit(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let width = 0
  let end = 0
  for (const char of text) {
    width += displayWidth(char)
    if (width > columns) break
    end += char.length
  }
  return text.slice(0, end)
}
