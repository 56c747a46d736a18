import { messageOf } from '../errors/cli-error.ts'
import { withoutSecrets } from '../errors/secrets.ts'

/** The stderr text and exit status of a finished program. */
export interface Report {
  /** For stderr, ending in a line feed, or empty. */
  readonly text: string
  readonly exitCode: number
}

interface Shape {
  exitCode?: unknown
  code?: unknown
  hint?: unknown
  stack?: unknown
}

/**
 * Turns whatever a command threw into the text for stderr and the exit status. Pure: the hint appears only where
 * `terminal` says people read along, the stack only with `debug`. An interrupted program says nothing and returns 128+n.
 */
export function report(
  error: unknown,
  options: { terminal: boolean; debug: boolean; signalNumber?: number | undefined },
): Report {
  if (options.signalNumber !== undefined) return { text: '', exitCode: 128 + options.signalNumber }
  const shape: Shape = typeof error === 'object' && error !== null ? error : {}
  const exitCode = typeof shape.exitCode === 'number' && shape.exitCode !== 0 ? shape.exitCode : 1
  const message = messageOf(error)
  const lines = message === '' ? [] : [message]
  if (options.terminal && typeof shape.hint === 'string') lines.push(shape.hint)
  if (options.debug && typeof shape.stack === 'string') lines.push(shape.stack)
  return { text: lines.length === 0 ? '' : `${withoutSecrets(lines.join('\n'))}\n`, exitCode }
}
