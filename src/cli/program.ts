import type { Context } from '../context.ts'
import type { Catalog, Entry, Texts } from './catalog-entry.ts'
import type { CommandSpec } from './command.ts'
import type { CompletionValues, Typed } from './directives.ts'
import type { Flags } from './flags.ts'
import type { ParsedGlobals } from './globals.ts'
import type { PluginHost } from './plugin-host.ts'
import type { DaemonFacts } from './support.ts'

/** What the composition root gives to run one command line. */
export interface Program {
  readonly name: string
  /** What `--version` prints. */
  readonly version: string
  /** All commands and nouns. */
  readonly catalog: Catalog
  /** The entry of a path, found without reading the whole catalog. */
  entryAt?(path: string): Entry | undefined
  /** Loads the command of an entry by its `file`. */
  load(file: string): Promise<CommandSpec<Flags>>
  /** The texts of the catalog, loaded at the first call. */
  texts(): Promise<Texts>
  /** Makes the Context once the global flags are known. */
  context(globals: ParsedGlobals): Context
  /** What the daemon can do; asked only where a command or one of its flags needs something of it. Never throws. */
  daemon(context: Context): Promise<DaemonFacts>
  /** The root's help as the build rendered it for 80 columns, if it did: the help most often asked for, without its renderer. */
  preparedHelp?(): string | undefined
  /** Other programs that are commands of this one, loaded at the first call. */
  plugins?(): Promise<PluginHost>
  /** The values that the shell may offer for what `source` names (cli/complete.ts). */
  completions?(context: Context, source: string, typed: Typed): Promise<CompletionValues>
}
