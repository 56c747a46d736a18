/** What a shell is told beside the words: how to take them (spf13/cobra ShellCompDirective; they are added up). */
export const directives = {
  /** Offer what the shell itself would, file names, where there are no words. */
  shell: 0,
  error: 1,
  noSpace: 2,
  noFiles: 4,
  folders: 16,
} as const

/** The directive in words, as cobra puts them on stderr for people who try completion by hand. */
export function directiveNames(directive: number): string {
  const names: [number, string][] = [
    [directives.error, 'ShellCompDirectiveError'],
    [directives.noSpace, 'ShellCompDirectiveNoSpace'],
    [directives.noFiles, 'ShellCompDirectiveNoFileComp'],
    [directives.folders, 'ShellCompDirectiveFilterDirs'],
  ]
  const said = names.filter(([bit]) => (directive & bit) !== 0).map(([, name]) => name)
  return said.length === 0 ? 'ShellCompDirectiveDefault' : said.join(', ')
}

/** What stands on the line where a value is being typed. */
export interface Typed {
  /** What there is of the value: of `--pid=host` what follows the sign. */
  readonly typed: string
  /** The arguments before it. */
  readonly args: readonly string[]
  /** The flags before it, the last value of each, by key; '' for one that takes none. */
  readonly options: Readonly<Record<string, string>>
}

/** The values that may stand there, each with its meaning behind a tab if it has one, and how the shell is to take them. */
export interface CompletionValues {
  readonly values: readonly string[]
  /** A sum of `directives`. */
  readonly directive: number
}
