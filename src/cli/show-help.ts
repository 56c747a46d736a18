import type { Context } from '../context.ts'
import { messageOf } from '../errors/cli-error.ts'
import type { CommandEntry, GroupEntry } from './catalog-entry.ts'
import type { CommandSpec } from './command.ts'
import type { Flags } from './flags.ts'
import { globalFlags } from './globals.ts'
import type { Program } from './program.ts'
import { children } from './route.ts'
import { type DaemonFacts, isOffered, needsDaemon, type Needs, requireSupport } from './support.ts'
import { commandSite } from './usage-site.ts'

/** What help is about: a noun, or a command with what it says of itself. */
type Subject = { readonly entry: GroupEntry } | { readonly entry: CommandEntry; readonly spec: CommandSpec<Flags> }

/**
 * Prints the help of a noun or a command, without what the daemon does not offer; that it lacks the whole of it is no failure
 * here (docker/cli cmd/docker setHelpFunc, hideUnsupportedFeatures). Help that was not asked for goes to stderr.
 */
export async function showHelp(
  program: Program,
  context: Context,
  needs: Needs,
  subject: Subject,
  asked: boolean,
): Promise<number> {
  const out = asked ? context.out : context.err
  let asking: Promise<DaemonFacts> | undefined
  const daemon = () => (asking ??= program.daemon(context))
  try {
    await requireSupport(needs, daemon)
  } catch (error) {
    out.line(messageOf(error))
    return 0
  }
  const parts = subject.entry.kind === 'group' ? children(program.catalog, subject.entry) : Object.values(needs.flags)
  const facts = parts.some(needsDaemon) ? await daemon() : undefined
  const offered = facts === undefined ? () => true : isOffered(facts)
  const { commandHelp, groupHelp } = await import('./help.ts')
  const experimentalClient = program.catalog.some(
    (noun) => noun.kind === 'group' && noun.experimentalClient && `${subject.entry.path} `.startsWith(`${noun.path} `),
  )
  const site = { program: program.name, width: out.size()?.columns ?? 80, offered, experimentalClient }
  if (!('spec' in subject)) out.write(groupHelp(subject.entry, program.catalog, await program.texts(), site))
  else {
    const { useLine } = commandSite(program.name, subject.entry, subject.spec)
    out.write(commandHelp(subject.spec, subject.entry.path, useLine, site))
  }
  return 0
}

/** Prints the help of the program; no daemon is asked for it. */
export async function showRootHelp(program: Program, context: Context, asked: boolean): Promise<number> {
  const out = asked ? context.out : context.err
  const width = out.size()?.columns ?? 80
  const plugins = (await (await program.plugins?.())?.list(context, program.catalog)) ?? []
  const prepared = width === 80 && plugins.length === 0 ? program.preparedHelp?.() : undefined
  if (prepared !== undefined) {
    out.write(prepared)
    return 0
  }
  const { rootHelp } = await import('./help.ts')
  out.write(rootHelp(program.catalog, await program.texts(), globalFlags, plugins, { program: program.name, width }))
  return 0
}
