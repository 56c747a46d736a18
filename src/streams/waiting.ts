import { visibleCell } from '../go/visible.ts'
import type { Output } from './stdio.ts'

/** Work that ends sooner than this shows no spinner. */
const graceMs = 700

/** Gives what `work` gives; where that takes long, a spinner on the terminal `err` shows `what` meanwhile. */
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
