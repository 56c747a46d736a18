import type { Context } from '../context.ts'
import type { Catalog, Texts } from './catalog-entry.ts'
import type { CommandSpec } from './command.ts'
import type { Flags } from './flags.ts'
import type { ParsedGlobals } from './globals.ts'
import type { PluginHost } from './plugin-host.ts'
import type { DaemonFacts } from './support.ts'

/** What the composition root gives to run one command line. */
export interface Program {
  readonly name: string
  /** What `--version` prints. */
  readonly version: string
  readonly catalog: Catalog
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
  completions?(context: Context, source: string, asked: Asked): Promise<Offer>
}

/** What a source of completions is told of the line. */
export interface Asked {
  /** The arguments before the word that is being typed. */
  readonly args: readonly string[]
  /** As much of the word as is there, or of a flag's value. */
  readonly typed: string
}

/** What a source of completions offers. */
export interface Offer {
  /** Each may bring its meaning, behind a tab. */
  readonly words: readonly string[]
  /** The words go on: the shell is to put no space after them. */
  readonly partial?: true
  /** The shell is to offer names of files. */
  readonly files?: true
}
