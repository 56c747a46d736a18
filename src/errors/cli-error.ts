/**
 * The one error class of the command line: a message for people, a stable `code` for programs and the exit status.
 * Separately loaded chunks may each carry a copy of the class, so callers test `code`, never the class itself.
 */
export class CliError extends Error {
  readonly code: string
  readonly exitCode: number
  /** What to try next; shown on a terminal only, since scripts compare the message itself. */
  readonly hint: string | undefined

  constructor(message: string, options: { code: string; exitCode?: number; hint?: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code
    this.exitCode = options.exitCode ?? 1
    this.hint = options.hint
  }
}

/** A failed operation: exit status 1 unless told otherwise, the message as it is to be printed. */
export function cliError(message: string, exitCode = 1, hint?: string): CliError {
  return new CliError(message, { code: FAILURE, exitCode, ...(hint === undefined ? {} : { hint }) })
}

/** The code of an error of which nothing more is known. */
const FAILURE = 'failure'

/** No engine can be reached by the configured endpoint; commands that need one stop (docker/cli command.DockerCli.Client). */
export function noEngine(error: unknown): CliError {
  return wrap(error, 'Failed to initialize', { code: NO_ENGINE })
}

export const NO_ENGINE = 'no-engine'

/** Ends the program with `exitCode` and prints nothing: what was wrong is already said (a container's own status, say). */
export function exitStatus(exitCode: number): CliError {
  return new CliError('', { code: 'exit-status', exitCode })
}

/** What a reworded error has otherwise than the one it is made from. */
interface Changes {
  readonly code?: string
  readonly exitCode?: number
}

/** An error with `prefix: ` before its message; its code, exit status and hint stay, and it is the cause (Go's `%w`). */
export function wrap(error: unknown, prefix: string, changes: Changes = {}): CliError {
  return reword(error, `${prefix}: ${messageOf(error)}`, changes)
}

/** Gives what `act` gives; what it throws is wrapped with the prefix. */
export function failingAs<T>(prefix: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw wrap(error, prefix)
  }
}

/** As `failingAs`, for what takes its time. */
export async function rejectingAs<T>(prefix: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw wrap(error, prefix)
  }
}

/** An error under another message; its code, exit status and hint stay, and it is the cause. */
export function reword(error: unknown, message: string, changes: Changes = {}): CliError {
  const { code, exitCode, hint } = detailsOf(error)
  return new CliError(message, {
    code: changes.code ?? code ?? FAILURE,
    exitCode: changes.exitCode ?? exitCode ?? 1,
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  })
}

/** Several errors of one command, each with its own code and hint in `errors`; a terminal shows the first hint. */
export class JoinedError extends AggregateError implements CliError {
  readonly code: string
  readonly exitCode = 1
  readonly hint: string | undefined

  constructor(errors: readonly unknown[]) {
    super(errors, errors.map((error) => messageOf(error)).join('\n'))
    const [first, ...others] = errors.map((error) => detailsOf(error))
    this.code = (others.every(({ code }) => code === first?.code) ? first?.code : undefined) ?? FAILURE
    this.hint = [first, ...others].find((details) => details?.hint !== undefined)?.hint
  }
}

/** Several errors of one command joined, each on its own line, exit status 1 (Go's errors.Join). */
export function joinErrors(errors: readonly unknown[]): JoinedError {
  return new JoinedError(errors)
}

/** What an error of any class, of whichever copy of its module, says of itself besides its message. */
function detailsOf(error: unknown): Partial<Pick<CliError, 'code' | 'exitCode' | 'hint'>> {
  const { code, exitCode, hint } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof exitCode === 'number' ? { exitCode } : {}),
    ...(typeof hint === 'string' ? { hint } : {}),
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)
    ? String((error as Error).message)
    : String(error)
}

/** The command of a usage error, for its message. */
export interface UsageSite {
  /** The root's name, `docker` when called so. */
  readonly program: string
  /** The command with the program's name before it: `docker container ls`. */
  readonly commandPath: string
  /** The whole usage line, without `Usage:`. */
  readonly useLine: string
}

/** A flag that does not parse: exit status 125 and the usage hint (docker/cli cli/cobra.go FlagErrorFunc). */
export function flagError(message: string, site: UsageSite): CliError {
  const text = `${message}\n\nUsage:  ${site.useLine}\n\nRun '${site.commandPath} --help' for more information`
  return new CliError(text, { code: 'usage-flag', exitCode: 125 })
}
