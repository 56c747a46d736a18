import type { CommandSpec, Requirements } from './command.ts'
import type { Flags } from './flags.ts'

/** What is known of a command before it is loaded. One entry for each canonical name. */
export interface CommandEntry extends Requirements {
  readonly kind: 'command'
  readonly path: string
  /** Aliases under the same parent: `list` for `container ls`. */
  readonly aliases: readonly string[]
  readonly summary: string
  readonly hidden: boolean
  readonly top?: number
  load(): Promise<{ default: CommandSpec<Flags> }>
}

/** A noun that holds commands. */
export interface GroupEntry extends Requirements {
  readonly kind: 'group'
  readonly path: string
  readonly aliases: readonly string[]
  readonly summary: string
  readonly details?: string
  readonly hidden: boolean
  readonly experimentalClient?: boolean
  /** What the usage line of an error says after the name. */
  readonly usage?: string
  /** Whatever words follow, the answer is the noun's help on stdout (cobra's own `completion`, which docker leaves as it is). */
  readonly anyArgs?: true
}

export type Entry = CommandEntry | GroupEntry

/** The generated table of all commands. */
export type Catalog = readonly Entry[]
