import type { Context } from '../context.ts'
import { reference, version } from '../version.ts'
import { checkArgs, type CommandSpec } from './command.ts'
import { CliError, flagError, messageOf, type UsageSite } from '../errors/cli-error.ts'
import { flagName, type Flags } from './flags.ts'
import { globalFlags, type ParsedGlobals } from './globals.ts'
import { parseFlags } from './grammar.ts'
import { type CommandLine, hooksMaySpeak, type PluginHost, type PluginLine } from './plugin-host.ts'
import type { CommandEntry, Entry, GroupEntry, Catalog } from './catalog-entry.ts'
import { children, findChild, lastWord, type Route, route } from './route.ts'
import { checkSupport, type DaemonFacts, needsDaemonFacts } from './support.ts'

/** What the composition root gives to run one command line. */
export interface Program {
  readonly name: string
  readonly catalog: Catalog
  /** Makes the Context once the global flags are known. */
  context(globals: ParsedGlobals): Context
  /** The root's help as the build rendered it for 80 columns, if it did: the help most often asked for, without its renderer. */
  preparedHelp?(): string | undefined
  /** Other programs that are commands of this one, loaded at the first call. */
  plugins?(): Promise<PluginHost>
  /** The values that the shell may offer for what `source` names (cli/complete.ts). */
  completions?(context: Context, source: string, args: readonly string[]): Promise<readonly string[]>
}

/** Reads `argv` (without the program), runs what it names and gives the exit status; throws what is to be reported. */
export async function dispatch(program: Program, argv: readonly string[]): Promise<number> {
  const site = rootSite(program.name)
  const globals = parseOrFlagError(argv, globalFlags, site, false)
  const context = program.context(globals.options as ParsedGlobals)
  for (const line of globals.warnings) context.err.line(line)
  checkLogLevel(context.globals.logLevel)
  if (context.globals.context && (context.globals.host?.length ?? 0) > 0) {
    throw new CliError('conflicting options: cannot specify both --host and --context', { code: 'usage-conflict' })
  }
  if (globals.args.length === 0) {
    if (globals.help || globals.options.version !== true) return showHelp(program, context, undefined, [], globals.help)
    context.out.line(versionLine(program.name))
    return 0
  }
  const line = await withAliases(program, context, { words: globals.args, argv, env: {} })
  const { words } = line
  if (words[0] === '__complete' || words[0] === '__completeNoDesc') {
    return completeWords(program, context, words.slice(1), words[0] === '__complete')
  }
  if (words[0] === 'help') return help(program, context, line)
  const found = route(program.catalog, words)
  const help_ = globals.help || helpBetween(found)
  if (found.entry === undefined) return unknownCommand(program, context, line, help_)
  if (found.entry.kind === 'group') return runGroup(program, context, found, found.entry, help_)
  return runCommand(program, context, found, found.entry, help_)
}

/** What config.json's aliases and a builder plugin make of the line; most lines have neither. */
async function withAliases(program: Program, context: Context, line: CommandLine): Promise<CommandLine> {
  const [first = '', second = ''] = line.words
  const builds = /^(build|builder|bake)$/.test(first) || (first === 'image' && second === 'build')
  if (program.plugins === undefined) return line
  const { aliases = {} } = (await context.config()).data
  if (!builds && Object.keys(aliases).length === 0) return line
  return (await program.plugins()).alias(context, program.catalog, line)
}

async function runCommand(
  program: Program,
  context: Context,
  at: Route,
  entry: CommandEntry,
  help: boolean,
): Promise<number> {
  const spec = (await entry.load()).default
  // Every command says what is wrong with config.json, as the reference does, whether or not it needs it.
  await context.config()
  const flags = spec.flags ?? {}
  const site = commandSite(program.name, entry, spec)
  const chain = [entry, ...at.parents]
  let parsed
  try {
    parsed = parseFlags(at.rest, flags, { interspersed: spec.interspersed ?? true })
  } catch (error) {
    await requireSupport(context, site, chain, {}, [])
    throw flagError(messageOf(error), site)
  }
  for (const line of parsed.warnings) context.out.line(line)
  if (help || parsed.help) return showHelp(program, context, entry, at.parents, true, spec)
  await requireSupport(context, site, chain, flags, Object.keys(parsed.options))
  checkArgs(spec.args, parsed.args.length, site)
  const { args, options } = parsed
  const run = async (): Promise<number> => (await spec.run(context, { args, options, site })) ?? 0
  if (!hooksMaySpeak(context, (await context.config()).data)) return run()
  return withHooks(program, context, { path: entry.path, flags, args, options }, run)
}

/** Runs a command, then lets plugins add a word to its output; its own outcome stays. */
async function withHooks(
  program: Program,
  context: Context,
  command: { path: string; flags: Flags; args: readonly string[]; options: Readonly<Record<string, unknown>> },
  run: () => Promise<number>,
): Promise<number> {
  const after = async (error: string): Promise<void> => {
    const { path, args } = command
    const host = await program.plugins?.()
    await host?.afterCommand(context, { path, args, error, ...setFlags(command) })
  }
  let status: number
  try {
    status = await run()
  } catch (error) {
    await after(messageOf(error) || `exited with code ${(error as Partial<CliError>).exitCode ?? 1}`)
    throw error
  }
  await after(status === 0 ? '' : `exited with code ${status}`)
  return status
}

function setFlags({ flags, options }: { flags: Flags; options: Readonly<Record<string, unknown>> }) {
  const named = Object.entries(flags).map(([key, flag]) => ({ key, name: flagName(key, flag), flag }))
  const set = named.filter(({ key }) => key in options)
  return {
    flags: Object.fromEntries(
      set.map(({ key, name, flag }) => [name, flag.type === 'bool' ? String(options[key]) : '']),
    ),
    flagValue: (wanted: string): string | undefined => {
      const found = named.find(({ name, flag }) => name === wanted || flag.short === wanted)
      return found && valueText(options[found.key] ?? found.flag.shownDefault, found.flag.type === 'bool')
    },
  }
}

function valueText(value: unknown, isSwitch: boolean): string {
  if (value === undefined) return isSwitch ? 'false' : ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean | bigint)
}

async function runGroup(
  program: Program,
  context: Context,
  at: Route,
  entry: GroupEntry,
  help: boolean,
): Promise<number> {
  const site = groupSite(program.name, entry)
  const parsed = parseOrFlagError(at.rest, {}, site, true)
  for (const line of parsed.warnings) context.out.line(line)
  await requireSupport(context, site, [entry, ...at.parents], {}, [])
  if (help || parsed.help) return showHelp(program, context, entry, at.parents, true)
  if (parsed.args.length === 0) return showHelp(program, context, entry, at.parents, false)
  const text =
    `${site.program}: unknown command: ${site.commandPath} ${parsed.args[0]}\n\nUsage:  ${site.useLine}` +
    `\n\nRun '${site.commandPath} --help' for more information`
  throw await unknown(text, program, entry, parsed.args[0]!)
}

async function unknownCommand(program: Program, context: Context, line: CommandLine, help: boolean): Promise<number> {
  const { words } = line
  const status = await runPlugin(program, context, line)
  if (status !== undefined) return status
  const parsed = parseOrFlagError(words, globalFlags, rootSite(program.name), true)
  if (help || parsed.help) return showHelp(program, context, undefined, [], true)
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

async function runPlugin(program: Program, context: Context, line: CommandLine): Promise<number | undefined> {
  const host = await program.plugins?.()
  return host?.run(context, program.catalog, line)
}

async function help(program: Program, context: Context, line: CommandLine): Promise<number> {
  const words = line.words.slice(1)
  // A plugin reads `help NAME` by itself; a command's name is never a plugin's.
  if (words.length > 0 && findChild(program.catalog, undefined, words[0]!) === undefined) {
    const status = await runPlugin(program, context, { ...line, words })
    if (status !== undefined) return status
  }
  const found = route(program.catalog, words)
  if (found.rest.length > 0)
    throw new CliError(`unknown help topic: ${found.rest.join(' ')}`, { code: 'unknown-topic' })
  const spec = found.entry?.kind === 'command' ? (await found.entry.load()).default : undefined
  return showHelp(program, context, found.entry, found.parents, true, spec)
}

async function showHelp(
  program: Program,
  context: Context,
  entry: Entry | undefined,
  parents: readonly Entry[],
  asked: boolean,
  spec?: CommandSpec<Flags>,
): Promise<number> {
  const out = asked ? context.out : context.err
  const site = { program: program.name, width: out.size()?.columns ?? 80 }
  const plugins = entry === undefined ? await pluginLines(program, context) : []
  const plain = entry === undefined && site.width === 80 && plugins.length === 0
  const prepared = plain ? program.preparedHelp?.() : undefined
  if (prepared !== undefined) {
    out.write(prepared)
    return 0
  }
  const texts = await import('./help.ts')
  if (entry === undefined) out.write(texts.rootHelp(program.catalog, globalFlags, plugins, site))
  else if (entry.kind === 'group') out.write(texts.groupHelp(entry, program.catalog, site))
  else if (spec !== undefined) {
    out.write(texts.commandHelp(spec, entry.path, commandSite(program.name, entry, spec).useLine, site))
  }
  return 0
}

async function pluginLines(program: Program, context: Context): Promise<readonly PluginLine[]> {
  const host = await program.plugins?.()
  return host?.list(context, program.catalog) ?? []
}

/** Answers a shell that asks what may follow `words`; the last of them is the one being typed. */
async function completeWords(
  program: Program,
  context: Context,
  words: readonly string[],
  describe: boolean,
): Promise<number> {
  const { complete, renderCompletion } = await import('./complete.ts')
  const { candidates, source, args = [] } = await complete(program.catalog, words)
  const values = source === undefined ? [] : ((await program.completions?.(context, source, args)) ?? [])
  const all = [...candidates, ...values.map(described)]
  context.out.write(renderCompletion(all, words.at(-1) ?? '', describe))
  return 0
}

/** A value may bring its meaning, behind a tab. */
function described(value: string): { word: string; summary?: string } {
  const tab = value.indexOf('\t')
  return tab < 0 ? { word: value } : { word: value.slice(0, tab), summary: value.slice(tab + 1) }
}

async function requireSupport(
  context: Context,
  site: UsageSite,
  chain: readonly Entry[],
  flags: Flags,
  set: readonly string[],
): Promise<void> {
  if (!needsDaemonFacts(chain, flags, set)) return
  checkSupport(site.commandPath, chain, flags, set, await daemonFacts(context))
}

/** A daemon that does not answer is taken to have every feature; the command itself will say that it is not there. */
async function daemonFacts(context: Context): Promise<DaemonFacts> {
  const engine = await context.engine()
  const ping = await engine.ping(context.signal).catch(() => undefined)
  const negotiated = ping && (await engine.apiVersion(context.signal).catch(() => undefined))
  return {
    apiVersion: negotiated ?? engine.currentVersion,
    osType: ping?.osType ?? '',
    experimental: ping?.experimental ?? true,
  }
}

function checkLogLevel(level: string | undefined): void {
  if (level === undefined || level === '' || /^(panic|fatal|error|warn(ing)?|info|debug|trace)$/i.test(level)) return
  throw new CliError(`Unable to parse logging level: ${level}`, { code: 'usage-log-level' })
}

function helpBetween(found: Route): boolean {
  let asked = false
  for (const { owner, flags } of found.between) {
    try {
      asked = parseFlags(flags, owner === undefined ? globalFlags : {}).help || asked
    } catch (error) {
      // The reference gives up here while it still looks for the command, hence no usage and status 1.
      throw new CliError(messageOf(error), { code: 'usage-flag' })
    }
  }
  return asked
}

function parseOrFlagError<F extends Flags>(argv: readonly string[], flags: F, site: UsageSite, interspersed: boolean) {
  try {
    return parseFlags(argv, flags, { interspersed })
  } catch (error) {
    throw flagError(messageOf(error), site)
  }
}

function rootSite(program: string): UsageSite {
  return { program, commandPath: program, useLine: `${program} [OPTIONS] COMMAND [ARG...]` }
}

function groupSite(program: string, entry: GroupEntry): UsageSite {
  const commandPath = `${program} ${entry.path}`
  return { program, commandPath, useLine: entry.usage === undefined ? commandPath : `${commandPath} ${entry.usage}` }
}

function commandSite(program: string, entry: CommandEntry, spec: CommandSpec<Flags>): UsageSite {
  const commandPath = `${program} ${entry.path}`
  const options = spec.flags === undefined || Object.keys(spec.flags).length === 0 ? '' : '[OPTIONS]'
  const useLine = spec.usage ?? [options, spec.args.usage].filter((word) => word !== '').join(' ')
  return { program, commandPath, useLine: useLine === '' ? commandPath : `${commandPath} ${useLine}` }
}

function versionLine(program: string): string {
  return program === 'docker'
    ? `Docker version ${reference.version}, build ${reference.commit}`
    : `docket version ${version}, answers as docker ${reference.version}`
}
