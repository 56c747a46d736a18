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
