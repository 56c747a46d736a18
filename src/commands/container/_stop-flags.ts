import { cliError } from '../../errors/cli-error.ts'
import { int, type Options, string } from '../../cli/flags.ts'

/** The flags that `stop` and `restart` share. */
export const stopFlags = {
  signal: string('Signal sent to stop the container', { short: 's', complete: 'signals' }),
  timeout: int('Stop timeout in seconds, after which the container is killed', { short: 't' }),
  time: int('Stop timeout in seconds, after which the container is killed', {
    deprecated: 'use --timeout instead',
    hidden: true,
  }),
}

/** Gives the request's options; throws when the old and the new flag for the time are both set. */
export function stopOptions(options: Options<typeof stopFlags>): { timeout?: number; stopSignal?: string } {
  const { time, timeout = time, signal } = options
  if (time !== undefined && options.timeout !== undefined) {
    throw cliError('conflicting options: cannot specify both --timeout and --time')
  }
  return {
    ...(timeout === undefined ? {} : { timeout }),
    ...(signal === undefined ? {} : { stopSignal: signal }),
  }
}
