import { cliError, wrap } from '../errors/cli-error.ts'
import type { Context } from '../context.ts'
import { type AtomicFile, openAtomicFile } from '../streams/atomic-file.ts'

/** Opens what `--output` names, undefined for stdout, which must not be a terminal; `task` begins the message of a failure. */
export function openOutputFile(
  { cwd, out }: Pick<Context, 'cwd' | 'out'>,
  filename: string,
  task: string,
): AtomicFile | undefined {
  if (filename === '') {
    if (out.isTerminal) throw cliError('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    return undefined
  }
  try {
    return openAtomicFile(filename, cwd)
  } catch (error) {
    throw wrap(error, task)
  }
}
