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
  return new CliError(message, { code: 'failure', exitCode, ...(hint === undefined ? {} : { hint }) })
}

/** No engine can be reached by the configured endpoint; commands that need one stop (docker/cli command.DockerCli.Client). */
export function noEngine(message: string): CliError {
  return new CliError(`Failed to initialize: ${message}`, { code: NO_ENGINE })
}

export const NO_ENGINE = 'no-engine'

/** Ends the program with `exitCode` and prints nothing: what was wrong is already said (a container's own status, say). */
export function exitStatus(exitCode: number): CliError {
  return new CliError('', { code: 'exit-status', exitCode })
}

/** Several errors of one command joined, each on its own line, exit status 1 (Go's errors.Join). */
export function joinErrors(errors: readonly unknown[]): CliError {
  const message = errors.map((error) => messageOf(error)).join('\n')
  const hint = errors.map((error) => (error as Partial<CliError> | null)?.hint).find((text) => text !== undefined)
  return cliError(message, 1, hint)
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
