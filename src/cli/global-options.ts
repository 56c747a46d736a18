import type { Context } from '../context.ts'
import { CliError, flagError } from '../errors/cli-error.ts'
import { globalFlags, type ParsedGlobals } from './globals.ts'
import { type Parsed, parseFlags } from './grammar.ts'
import type { Program } from './program.ts'
import { rootSite } from './usage-site.ts'

/**
 * Reads the flags before the command and makes the Context of them. What they set is checked first, and config.json
 * read, even where a flag is wrong (docker/cli cli/cobra.go HandleGlobalFlags); then throws a flag error, exit status 125.
 */
export async function readGlobals(
  program: Program,
  argv: readonly string[],
): Promise<{ globals: Parsed<typeof globalFlags>; context: Context }> {
  const globals = parseFlags(argv, globalFlags, { interspersed: false })
  const context = program.context(globals.options as ParsedGlobals)
  for (const line of globals.warnings) context.err.line(line)
  checkLogLevel(context.globals.logLevel)
  if (context.globals.context && context.globals.host !== undefined) {
    throw new CliError('conflicting options: cannot specify both --host and --context', { code: 'usage-conflict' })
  }
  if (globals.problem === undefined) return { globals, context }
  await context.config()
  throw flagError(globals.problem, rootSite(program.name))
}

function checkLogLevel(level: string | undefined): void {
  if (level === undefined || level === '' || /^(panic|fatal|error|warn(ing)?|info|debug|trace)$/i.test(level)) return
  throw new CliError(`Unable to parse logging level: ${level}`, { code: 'usage-log-level' })
}
