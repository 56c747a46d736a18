import { humanSize } from '../../format/human.ts'
import type { Output } from '../../streams/stdio.ts'

/** The count of a copy's bytes, shown while they move. */
export interface CopyProgress {
  /** Adds to the count. */
  readonly add: (bytes: number) => void
  /** The count. */
  readonly total: number
  /** Takes the display away, before anything else is said. */
  readonly end: () => void
}

/**
 * Shows on a terminal how much has been copied, at most every 75 ms; elsewhere it only counts (docker/cli
 * container/cp.go copyProgress).
 */
export function copyProgress(err: Output, header: string): CopyProgress {
  let total = 0
  let shown = 0
  const draw = (): void => {
    if (total === shown || err.drain() !== undefined) return
    shown = total
    err.write(Buffer.from(`\x1b[${header.length + 1}G\x1b[0K${humanSize(total, 3)}`))
  }
  if (err.isTerminal) {
    err.write(Buffer.from(`${SAVE}Preparing to copy...${HIDE}${RESTORE}${ERASE}${header}${humanSize(0, 3)}`))
  }
  const timer = err.isTerminal ? setInterval(draw, 75) : undefined
  let ended = false
  return {
    add: (bytes) => {
      total += bytes
    },
    get total() {
      return total
    },
    end: () => {
      clearInterval(timer)
      if (err.isTerminal && !ended) err.write(Buffer.from(`${SHOW}${RESTORE}${ERASE}`))
      ended = true
    },
  }
}

/** What is said at the end; both sizes where more than the content went over the wire (copySummary). */
export function copySummary(content: number, transferred: number, target: string): string {
  const both = content === transferred ? '' : ` (transferred ${humanSize(transferred, 3)})`
  return `Successfully copied ${humanSize(content, 3)}${both} to ${target}`
}

// The position is kept in both ways that terminals know.
const SAVE = '\x1b[s\x1b7'
const RESTORE = '\x1b[u\x1b8'
const ERASE = '\x1b[2K'
const HIDE = '\x1b[?25l'
const SHOW = '\x1b[?25h'
