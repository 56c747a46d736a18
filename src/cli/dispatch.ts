import type { Context } from '../context.ts'
import { CliError } from '../errors/cli-error.ts'
import { buildKitChoice, withAliases } from './aliases.ts'
import { readGlobals } from './global-options.ts'
import { globalFlags } from './globals.ts'
import { parseFlags } from './grammar.ts'
import type { Program } from './program.ts'
import { type Route, route } from './route.ts'
import { runCommand, runGroup, runOther } from './run.ts'
import { runHelp } from './help-command.ts'
import { showRootHelp } from './show-help.ts'

/** Reads `argv` (without the program), runs what it names and gives the exit status; throws what is to be reported. */
export async function dispatch(program: Program, argv: readonly string[]): Promise<number> {
  const { globals, context } = await readGlobals(program, argv)
  const version = globals.options.version === true
  if (globals.args.length === 0 && version && !globals.help) {
    // Reported even where there is no home to read config.json from.
    buildKitChoice(context)
    context.out.line(program.version)
    return 0
  }
  // Problems of config.json are reported here, whether or not the command needs it.
  const line = await withAliases(program, context, { words: globals.args, argv, env: {} })
  const { words } = line
  if (words.length === 0) return showRootHelp(program, context, globals.help)
  if (words[0] === '__complete' || words[0] === '__completeNoDesc') {
    return answerCompletion(program, context, words.slice(1), words[0] === '__complete')
  }
  if (words[0] === 'help') return runHelp(program, context, line)
  const found = route(program, words)
  const help = helpBetween(context, found) || globals.help
  if (found.entry === undefined) return runOther(program, context, line, { version, help })
  if (found.entry.kind === 'group') return runGroup(program, context, found, found.entry, help)
  return runCommand(program, context, found, found.entry, help)
}

/** Whether help is asked for between the words of a command. */
function helpBetween(context: Context, found: Route): boolean {
  let asked = false
  for (const { owner, flags } of found.between) {
    const parsed = parseFlags(flags, owner === undefined ? globalFlags : {})
    // The reference gives up here while it still looks for the command, hence no usage and status 1.
    if (parsed.problem !== undefined) throw new CliError(parsed.problem, { code: 'usage-flag' })
    for (const line of parsed.warnings) context.out.line(line)
    asked = parsed.help || asked
  }
  return asked
}

/** Answers a shell that asks what may follow `words`; the last of them is the one being typed. */
async function answerCompletion(
  program: Program,
  context: Context,
  words: readonly string[],
  describe: boolean,
): Promise<number> {
  const { completionAnswer } = await import('./complete.ts')
  const { stdout, stderr } = await completionAnswer(program, context, words, describe)
  context.out.write(stdout)
  context.err.line(stderr)
  return 0
}
