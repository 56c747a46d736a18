import { type CliError, messageOf } from '../../errors/cli-error.ts'
import { withHelp } from './_create/create.ts'

/**
 * What `run` says and returns when the container is not made or does not start: 127 for a command that is not there, 126 for
 * one that cannot be run, else 125. The engine tells them apart in its message only (docker/cli container/run.go toStatusError).
 */
export function startError(error: unknown, program: string): CliError {
  const message = messageOf(error)
  const isAmong = (texts: string[]) => texts.some((text) => message.includes(text))
  const isMissing = isAmong([
    'executable file not found',
    'no such file or directory',
    'system cannot find the file specified',
  ])
  if (isMissing) return withHelp(error, program, 'run', 127)
  return withHelp(error, program, 'run', isAmong(['permission denied', 'is a directory']) ? 126 : 125)
}
