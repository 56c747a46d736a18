import type { Requirements } from './command.ts'

/** What is known of a command before it is loaded. One entry for each canonical name. */
export interface CommandEntry extends Requirements {
  readonly kind: 'command'
  readonly path: string
  /** Aliases under the same parent: `list` for `container ls`. */
  readonly aliases: readonly string[]
  readonly hidden?: true
  /** The place among the common commands of the root's help, from 1. */
  readonly top?: number
  /** Its file below src/commands: `container/ls`. */
  readonly file: string
}

/** A noun that holds commands. */
export interface GroupEntry extends Requirements {
  readonly kind: 'group'
  readonly path: string
  readonly aliases: readonly string[]
  readonly hidden?: true
  readonly experimentalClient?: boolean
  /** What the usage line of an error says after the name. */
  readonly usage?: string
  /** Whatever words follow, the answer is the noun's help on stdout (cobra's own `completion`, which docker leaves as it is). */
  readonly anyArgs?: true
}

export type Entry = CommandEntry | GroupEntry

/** The generated table of all commands and nouns. */
export type Catalog = readonly Entry[]

/** What help and completion say of a command or noun. */
export interface Text {
  readonly summary: string
  /** A longer text for a noun's help, instead of the summary. */
  readonly details?: string
}

/** The texts of the catalog by path; only help and completion read them. */
export type Texts = Readonly<Record<string, Text>>
