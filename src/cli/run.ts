import type { Context } from '../context.ts'
import { CliError, flagError } from '../errors/cli-error.ts'
import { runWithHooks } from './after-command.ts'
import type { CommandEntry, Entry, GroupEntry } from './catalog-entry.ts'
import { checkArgs } from './command.ts'
import { globalFlags } from './globals.ts'
import { parseFlags } from './grammar.ts'
import type { CommandLine } from './plugin-host.ts'
import type { Program } from './program.ts'
import { children, lastWord, type Route } from './route.ts'
import { showHelp, showRootHelp } from './show-help.ts'
import { requireSupport } from './support.ts'
import { commandSite, groupSite, rootSite } from './usage-site.ts'

/** Runs a command; what it needs of the daemon is checked before its flags' errors and its arguments. */
export async function runCommand(
  program: Program,
  context: Context,
  at: Route,
  entry: CommandEntry,
  help: boolean,
): Promise<number> {
  const spec = await program.load(entry.file)
  const flags = spec.flags ?? {}
  const site = commandSite(program.name, entry, spec)
  const parsed = parseFlags(at.rest, flags, { interspersed: spec.interspersed ?? true })
  const { args, options, problem } = parsed
  const daemon = () => program.daemon(context)
  const needs = { commandPath: site.commandPath, chain: [entry, ...at.parents], flags, set: Object.keys(options) }
  if (problem !== undefined) {
    await requireSupport(needs, daemon)
    throw flagError(problem, site)
  }
  for (const line of parsed.warnings) context.out.line(line)
  if (help || parsed.help) return showHelp(program, context, needs, { entry, spec }, true)
  await requireSupport(needs, daemon)
  checkArgs(spec.args, args, site)
  if (spec.helpWithoutFlags === true && !parsed.anyFlag) return showHelp(program, context, needs, { entry, spec }, true)
  const run = async (): Promise<number> =>
    (await spec.run(context, { args, options, anyFlag: parsed.anyFlag, site })) ?? 0
  return runWithHooks(program, context, { path: entry.path, flags, args, options }, run)
}

/** Answers a noun: its help, on stderr where it was not asked for, or that there is no such command. */
export async function runGroup(
  program: Program,
  context: Context,
  at: Route,
  entry: GroupEntry,
  help: boolean,
): Promise<number> {
  const site = groupSite(program.name, entry)
  const parsed = parseFlags(at.rest, {})
  const daemon = () => program.daemon(context)
  const needs = { commandPath: site.commandPath, chain: [entry, ...at.parents], flags: {}, set: [] }
  if (parsed.problem !== undefined) {
    await requireSupport(needs, daemon)
    throw flagError(parsed.problem, site)
  }
  for (const line of parsed.warnings) context.out.line(line)
  if (help || parsed.help) return showHelp(program, context, needs, { entry }, true)
  await requireSupport(needs, daemon)
  if (entry.anyArgs) return showHelp(program, context, needs, { entry }, true)
  if (parsed.args.length === 0) return showHelp(program, context, needs, { entry }, false)
  const text =
    `${site.program}: unknown command: ${site.commandPath} ${parsed.args[0]}\n\nUsage:  ${site.useLine}` +
    `\n\nRun '${site.commandPath} --help' for more information`
  throw await unknown(text, program, entry, parsed.args[0]!)
}

/** Runs the plugin that the first word names, or says that there is no such command; the program's own flags may follow. */
export async function runOther(
  program: Program,
  context: Context,
  line: CommandLine,
  before: { readonly version: boolean; readonly help: boolean },
): Promise<number> {
  const status = await (await program.plugins?.())?.run(context, program.catalog, line)
  if (status !== undefined) return status
  const parsed = parseFlags(line.words, globalFlags)
  if (parsed.problem !== undefined) throw flagError(parsed.problem, rootSite(program.name))
  for (const warning of parsed.warnings) context.out.line(warning)
  if (before.help || parsed.help) return showRootHelp(program, context, true)
  if (parsed.options.version ?? before.version) {
    context.out.line(program.version)
    return 0
  }
  const text = `${program.name}: unknown command: ${program.name} ${parsed.args[0]}\n\nRun '${program.name} --help' for more information`
  throw await unknown(text, program, undefined, parsed.args[0]!)
}

async function unknown(text: string, program: Program, parent: Entry | undefined, word: string): Promise<CliError> {
  const { suggest } = await import('./suggest.ts')
  const siblings = children(program.catalog, parent).filter((entry) => !entry.hidden)
  const near = suggest(
    word,
    siblings.flatMap((entry) => [lastWord(entry), ...entry.aliases]),
  )
  const path = parent === undefined ? program.name : `${program.name} ${parent.path}`
  const hint = near.length === 0 ? {} : { hint: `Did you mean: ${near.map((name) => `${path} ${name}`).join(', ')}` }
  return new CliError(text, { code: 'unknown-command', ...hint })
}
