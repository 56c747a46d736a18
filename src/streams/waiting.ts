import { visibleCell } from '../go/visible.ts'
import type { Output } from './stdio.ts'

/** Who gets an answer sooner than this need not be told to wait. */
const graceMs = 700

/** Gives what `work` gives; where that takes long, people at the terminal `err` see meanwhile what is being done. */
export async function waitingFor<T>(err: Output, what: string, work: Promise<T>): Promise<T> {
  if (!err.isTerminal) return work
  let stop: (() => void) | undefined
  let isOver = false
  const timer = setTimeout(() => {
    void import('./spinner.ts').then(({ startSpinner }) => {
      if (!isOver) stop = startSpinner(err, visibleCell(what))
    })
  }, graceMs)
  try {
    return await work
  } finally {
    isOver = true
    clearTimeout(timer)
    stop?.()
  }
}
