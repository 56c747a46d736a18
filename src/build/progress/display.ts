import { visible, visibleInColours } from '../../go/visible.ts'
import type { Output } from '../../streams/stdio.ts'
import type { Colours } from './colours.ts'
import { failureLogs } from './failures.ts'
import { toNanoseconds } from './interval.ts'
import { type Piece, PlainProgress } from './plain.ts'
import { rawJson } from './raw-json.ts'
import type { Nanoseconds, SolveStatus, VertexWarning } from './status.ts'
import { TerminalProgress } from './terminal.ts'
import { Trace } from './trace.ts'
import { warningText } from './warnings.ts'

/** How progress is shown: `auto` is settled by then. */
export type Mode = 'tty' | 'plain' | 'quiet' | 'rawjson'

/** Where progress goes and what it is shown with. */
export interface DisplayWorld {
  readonly err: Pick<Output, 'isTerminal' | 'size' | 'send' | 'drain'>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly colours: Colours
  readonly now: () => Date
  /** Whether warnings are shown with all that is known of them. */
  readonly debug: boolean
  /** The engine that builds, as the two displays name it. */
  readonly description: { readonly plain: string; readonly terminal: string }
}

/** Shows a build as it goes on. */
export interface Display {
  /** Takes a message; wait for what it gives before the next, so that a slow reader slows the build's stream. */
  update(status: SolveStatus): void | Promise<void>
  /** Shows the end of it: what failed, and the warnings. */
  done(): Promise<void>
  readonly warnings: readonly VertexWarning[]
}

/** Opens the display of one build on stderr. */
export function openDisplay(mode: Mode, world: DisplayWorld): Display {
  const warnings: VertexWarning[] = []
  const { update, done } = mode === 'quiet' ? nothing : mode === 'rawjson' ? jsonLines(world) : drawn(mode, world)
  return {
    warnings,
    update(status) {
      warnings.push(...(status.warnings ?? []))
      return update(status)
    },
    async done() {
      await done()
      if (mode === 'quiet' || mode === 'rawjson') return
      const text = warningText(warnings, world.debug, world.err.isTerminal ? world.colours : {})
      await send(world.err, [visibleInColours(text)])
    },
  }
}

type Steps = Pick<Display, 'update' | 'done'>

const nothing: Steps = { update: () => undefined, done: () => Promise.resolve() }

function jsonLines({ err }: DisplayWorld): Steps {
  return { update: (status) => err.send(Buffer.from(rawJson(status))), done: () => Promise.resolve() }
}

/** A display that is drawn anew when something has happened, not more often than it can be read, and now and then besides. */
function drawn(mode: 'tty' | 'plain', world: DisplayWorld): Steps {
  const trace = new Trace()
  const { draw, onLog, last } = mode === 'tty' ? terminalSteps(trace, world) : plainSteps(trace, world)
  const rate = Number.parseInt(world.env.TTY_DISPLAY_RATE ?? '', 10)
  const [tick, pause] = rate > 0 ? [rate, rate] : [150, 100]
  const at = (): Nanoseconds => toNanoseconds(world.now())
  const ticker = startTicker(tick, () => send(world.err, draw(at())))
  let drawnAt = -Infinity
  return {
    async update(status) {
      trace.update(status, at(), onLog)
      ticker.restart()
      const now = world.now().getTime()
      if (now - drawnAt < pause) return
      drawnAt = now
      await ticker.act()
    },
    async done() {
      await ticker.stop()
      await send(world.err, last(at()))
    },
  }
}

/** Acts whenever `tick` milliseconds have gone by, never twice at once; what fails meanwhile is thrown by the next `act` or `stop`. */
function startTicker(tick: number, act: () => void | Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let isRunning = false
  const run = (): Promise<void> => {
    isRunning = true
    running = running.then(act).finally(() => (isRunning = false))
    // It is waited for when it matters.
    running.catch(() => undefined)
    return running
  }
  return {
    restart() {
      clearInterval(timer)
      timer = setInterval(() => void (isRunning || run()), tick)
    },
    act: run,
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

interface Drawing {
  readonly draw: (now: Nanoseconds) => Piece[]
  readonly onLog?: Parameters<Trace['update']>[2]
  readonly last: (now: Nanoseconds) => Piece[]
}

function plainSteps(trace: Trace, { env, err, description }: DisplayWorld): Drawing {
  const progress = new PlainProgress(description.plain, env.PROGRESS_NO_TRUNC === '0' ? 72 : Infinity)
  const shown = (pieces: Piece[]): Piece[] => (err.isTerminal ? pieces.map(readable) : pieces)
  return {
    draw: (now) => shown(progress.print(trace, now)),
    last: (now) => shown([...progress.print(trace, now), ...failureLogs(trace, (step) => progress.lastLogs(step))]),
  }
}

function terminalSteps(trace: Trace, { env, err, colours, description }: DisplayWorld): Drawing {
  const lines = Number.parseInt(env.BUILDKIT_TTY_LOG_LINES ?? '', 10)
  const progress = new TerminalProgress(description.terminal, colours, lines > 0 ? lines : undefined)
  const size = () => {
    const { columns, rows } = err.size() ?? { columns: 0, rows: 0 }
    return columns > 0 && rows > 0 ? { columns, rows } : { columns: 80, rows: 10 }
  }
  const frame = (now: Nanoseconds, isFinal: boolean): Piece => {
    // What a step printed is shown once more only where it fails.
    for (const step of trace.started) if (step.isCompleted && step.vertex.error === '') step.logs = []
    return progress.frame(trace, now, size(), isFinal)
  }
  return {
    draw: (now) => [frame(now, false)],
    onLog: (step, data) => progress.log(step, data, size()),
    last: (now) => [frame(now, true), ...failureLogs(trace, (step) => step.logs).map(readable)],
  }
}

/** Our own text, in which names and messages come from outside, so that it cannot steer a terminal; a step's output is its own. */
function readable(piece: Piece): Piece {
  return typeof piece === 'string' ? visible(piece) : piece
}

function send(err: DisplayWorld['err'], pieces: readonly Piece[]): void | Promise<void> {
  if (pieces.length === 0) return
  return err.send(Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))))
}
