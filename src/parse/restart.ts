import { cut } from './cut.ts'
import { type Int64, parseDecimal } from '../go/int.ts'

/** A restart policy as the engine takes it. */
export interface RestartPolicy {
  Name: string
  MaximumRetryCount: Int64
}

/** Takes `--restart` as `name[:count]`; which names and counts are allowed is the engine's to say (docker/cli opts ParseRestartPolicy). */
export function parseRestartPolicy(text: string): RestartPolicy {
  const { before: name, after: count, found } = cut(text, ':')
  if (found && name === '') throw new Error('invalid restart policy format: no policy provided before colon')
  return { Name: name, MaximumRetryCount: count === '' ? 0 : parseCount(count) }
}

function parseCount(text: string): Int64 {
  try {
    return parseDecimal(text)
  } catch {
    throw new Error('invalid restart policy format: maximum retry count must be an integer')
  }
}
