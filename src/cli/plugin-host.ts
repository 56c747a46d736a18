import type { Context } from '../context.ts'
import type { Catalog } from './catalog-entry.ts'

/** A command line to run: the words after the global flags, all of it as it was typed, and what a plugin's environment gets besides. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** A plugin's line in the root's help. */
export interface PluginLine {
  readonly name: string
  readonly summary: string
  /** Why it cannot be used. */
  readonly invalid?: string
}

/** A command that has run, as hooks of plugins get it. */
export interface RanCommand {
  /** Without the program: `container ls`. */
  readonly path: string
  /** What was set, by long name; values of switches only. */
  readonly flags: Readonly<Record<string, string>>
  readonly flagValue: (name: string) => string | undefined
  readonly args: readonly string[]
  /** Empty when it went well. */
  readonly error: string
}

/** What the command line has of plugins; loaded when there is a need. */
export interface PluginHost {
  /** Puts what config.json's aliases and the builder plugin stand for in place of the words. */
  alias(context: Context, catalog: Catalog, line: CommandLine): Promise<CommandLine>
  /** Runs the plugin that the first word names: its exit status, or undefined where there is none. */
  run(context: Context, catalog: Catalog, line: CommandLine): Promise<number | undefined>
  /** The plugins that the root's help lists. */
  list(context: Context, catalog: Catalog): Promise<readonly PluginLine[]>
  /** Lets plugins that config.json names add a word after a command. */
  afterCommand(context: Context, ran: RanCommand): Promise<void>
}

/** Whether hooks of plugins may print after a command; only on a terminal (docker/cli HooksEnabled). */
export function hooksMaySpeak(
  { out, env }: Pick<Context, 'out' | 'env'>,
  data: { readonly plugins?: object; readonly features?: Readonly<Record<string, string>> },
): boolean {
  if (Object.keys(data.plugins ?? {}).length === 0 || !out.isTerminal) return false
  const choice = env.DOCKER_CLI_HOOKS || env.DOCKER_CLI_HINTS || data.features?.hooks
  return /^(1|t|true)$/i.test(choice ?? '')
}
