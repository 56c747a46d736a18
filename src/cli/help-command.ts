import type { Context } from '../context.ts'
import { CliError, flagError } from '../errors/cli-error.ts'
import { parseFlags } from './grammar.ts'
import type { CommandLine } from './plugin-host.ts'
import type { Program } from './program.ts'
import { findChild, type Route, route } from './route.ts'
import { showHelp, showRootHelp } from './show-help.ts'
import { commandSite, groupSite, helpSite } from './usage-site.ts'

/** The built-in `help`: the help of the command that its arguments name (docker/cli cli/cobra.go helpCommand). */
export async function runHelp(program: Program, context: Context, line: CommandLine): Promise<number> {
  const site = helpSite(program.name)
  const parsed = parseFlags(line.words.slice(1), {})
  if (parsed.problem !== undefined) throw flagError(parsed.problem, site)
  for (const warning of parsed.warnings) context.out.line(warning)
  if (parsed.help) {
    context.out.write(`Usage:  ${site.useLine}\n\nShow the help of a command\n`)
    return 0
  }
  const words = parsed.args
  if (words.length === 0) return showRootHelp(program, context, true)
  // A plugin reads `help NAME` by itself; a command's name is never a plugin's.
  if (findChild(program.catalog, undefined, words[0]!) === undefined) {
    const status = await (await program.plugins?.())?.run(context, program.catalog, { ...line, words })
    if (status !== undefined) return status
  }
  return helpOn(program, context, route(program, words))
}

async function helpOn(program: Program, context: Context, { entry, parents, rest }: Route): Promise<number> {
  if (entry === undefined || rest.length > 0) {
    throw new CliError(`unknown help topic: ${rest.join(' ')}`, { code: 'unknown-topic' })
  }
  const chain = [entry, ...parents]
  if (entry.kind === 'group') {
    const { commandPath } = groupSite(program.name, entry)
    return showHelp(program, context, { commandPath, chain, flags: {}, set: [] }, { entry }, true)
  }
  const spec = await program.load(entry.file)
  const { commandPath } = commandSite(program.name, entry, spec)
  return showHelp(program, context, { commandPath, chain, flags: spec.flags ?? {}, set: [] }, { entry, spec }, true)
}
