import type { JsonMessage } from '../engine/types/system.ts'
import { humanSize } from '../format/human.ts'
import { ellipsis } from '../format/text.ts'
import { formatDuration } from '../go/duration.ts'
import { visibleCell } from '../go/visible.ts'
import type { Output } from './stdio.ts'

export interface DisplayOptions {
  /** Takes the messages that are for programs, which are not shown. */
  readonly aux?: (value: unknown) => void
  readonly now: () => Date
}

/**
 * Shows the messages of a pull, push, load, import or build: on a terminal each ID has a line of its own that is redrawn in
 * place, elsewhere every message but progress is a line. An error among them is thrown (moby/client jsonmessage).
 */
export async function displayMessages(
  messages: AsyncIterable<JsonMessage>,
  out: Output,
  { aux, now }: DisplayOptions,
): Promise<void> {
  const renderer = new ProgressRenderer(out, now)
  for await (const message of messages) {
    if (message.aux !== undefined && message.aux !== null) aux?.(message.aux)
    else if (message.errorDetail) throw new MessageError(message.errorDetail)
    else {
      renderer.show(message)
      await out.drain()
    }
  }
}

/** The daemon took a request and failed at it. */
export class MessageError extends Error {
  /** What the daemon gives as the code, a build the exit status of the step that failed; 0 for none. */
  readonly status: number
  constructor(detail: NonNullable<JsonMessage['errorDetail']>) {
    super(reasonOf(detail))
    this.status = detail.code ?? 0
  }
}

function reasonOf({ code, message }: NonNullable<JsonMessage['errorDetail']>): string {
  return message || `the daemon reports an error without a message${code ? ` (code ${code})` : ''}`
}

/** Output that is discarded, for `--quiet`. */
export const discard: Output = {
  fd: -1,
  isTerminal: false,
  size: () => undefined,
  write: () => undefined,
  line: () => undefined,
  send: () => undefined,
  drain: () => undefined,
}

/** Output that is kept, for what is shown only if it matters. */
export class KeptOutput implements Output {
  readonly fd = -1
  readonly isTerminal = false
  readonly #chunks: Buffer[] = []

  /** All that was written. */
  get bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  size(): undefined {
    return undefined
  }

  write(data: string | Uint8Array): void {
    this.#chunks.push(Buffer.from(data))
  }

  line(text: string): void {
    this.write(`${text}\n`)
  }

  send(data: string | Uint8Array): void {
    this.write(data)
  }

  drain(): undefined {
    return undefined
  }
}

type Progress = NonNullable<JsonMessage['progressDetail']>

/** Renders progress: on a terminal the lines of IDs are redrawn in place. */
class ProgressRenderer {
  private readonly out: Output
  private readonly now: () => Date
  private lines = new Map<string, { row: number; text: string }>()

  constructor(out: Output, now: () => Date) {
    this.out = out
    this.now = now
  }

  show(message: JsonMessage): void {
    const { stream = '', progressDetail: progress } = message
    const shown = this.out.isTerminal ? visibleCell : same
    const [id, status] = [shown(message.id ?? ''), shown(message.status ?? '')]
    if (progress) {
      if (this.out.isTerminal) return this.draw(id, status, progress)
      if ((progress.current ?? 0) > 0 || (progress.total ?? 0) > 0) return
    }
    // What is written below them ends the life of the lines above: a later message with the same ID is about something else.
    if (!progress || id === '') this.lines = new Map()
    const prefix = id === '' ? '' : `${id}: `
    this.out.write(prefix + (stream === '' ? `${status}\n` : stream))
  }

  private draw(id: string, status: string, progress: Progress): void {
    const width = this.out.size()?.columns || 200
    const bar = visibleCell(renderProgress(progress, width, this.now()))
    if (id === '') {
      this.lines = new Map()
      return this.out.write(Buffer.from(`\x1b[2K\r${status} ${bar}\r`))
    }
    const text = ellipsis(`${id}: ${status} ${bar}`, width)
    const known = this.lines.get(id)
    if (known?.text === text) return
    const row = known?.row ?? this.lines.size
    this.lines.set(id, { row, text })
    const up = this.lines.size - row
    this.out.write(Buffer.from(`${known === undefined ? '\n' : ''}\x1b[${up}A\x1b[2K\r${text}\r\x1b[${up}B`))
  }
}

const same = (text: string): string => text

/** What stands after an ID and status, as wide a terminal allows: bar, amounts, time left; empty without amounts. */
export function renderProgress(progress: Progress, width: number, now: Date): string {
  const { current = 0, total = 0, start = 0, hidecounts = false, units = '' } = progress
  if (current <= 0 && total <= 0) return ''
  const amount = (value: number): string => (units === '' ? humanSize(value).padStart(8) : `${value} ${units}`)
  if (total <= 0) return amount(current)
  // Half of the percentage, for a bar of fifty columns.
  const filled = Math.min(Math.trunc(Math.trunc((current / total) * 100) / 2), 50)
  const bar = width > 110 ? `[${'='.repeat(Math.max(filled, 0))}>${' '.repeat(50 - Math.max(filled, 0))}] ` : ''
  let counts = ''
  if (!hidecounts) {
    if (current > total) counts = amount(current)
    else counts = units === '' ? `${amount(current)}/${humanSize(total)}` : `${current}/${total} ${units}`
  }
  const isTimed = width > 50 && current > 0 && start > 0 && filled < 50
  return `${bar}${counts}${isTimed ? ` ${timeLeft(current, total, start, now)}` : ''}`
}

function timeLeft(current: number, total: number, start: number, now: Date): string {
  const each = Math.trunc((now.getTime() * 1e6 - start * 1e9) / current)
  const seconds = Math.round(((total - current) * each) / 1e9)
  return formatDuration(BigInt(seconds) * 1_000_000_000n)
}
