import type { Piece } from './plain.ts'
import { isCanceled } from './status.ts'
import type { Step } from './step.ts'
import type { Trace } from './trace.ts'

/** The last output of each step that failed, `logsOf` it (buildkit progressui printErrorLogs). */
export function failureLogs(trace: Trace, logsOf: (step: Step) => readonly Uint8Array[]): Piece[] {
  return trace.started
    .filter(({ vertex }) => vertex.error !== '' && !isCanceled(vertex.error))
    .flatMap((step) => [
      `${RULE} > ${step.vertex.name}:\n`,
      ...logsOf(step).flatMap((line): Piece[] => [line, '\n']),
      RULE,
    ])
}

const RULE = '------\n'
