/** The styles of a human-readable view: colours on a terminal, nothing elsewhere (docker/cli internal/tui). */
export interface Theme {
  readonly title: (text: string) => string
  readonly name: (text: string) => string
  readonly faint: (text: string) => string
  readonly italic: (text: string) => string
  readonly flag: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  /** One letter on a coloured background. */
  readonly badge: (letter: string) => string
  /** What fills the place of a badge. */
  readonly noBadge: string
  /** Before a note's first line. */
  readonly noteHeader: string
  /** Before a warning's first line. */
  readonly warningHeader: string
}

const same = (text: string): string => text

/** For pipes and files. */
export const plain: Theme = {
  title: same,
  name: same,
  faint: same,
  italic: same,
  flag: same,
  good: same,
  bad: same,
  badge: same,
  noBadge: ' ',
  noteHeader: ' Info -> ',
  warningHeader: ' Warn -> ',
}

/** The theme for `out`: colours only on a terminal whose owner has not set NO_COLOR. */
export async function themeFor(
  out: { readonly isTerminal: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Promise<Theme> {
  if (!out.isTerminal || env.NO_COLOR) return plain
  const { coloured } = await import('./pretty.ts')
  return coloured
}

/** A note between the lines of output: an empty line, then the text beside its header. */
export function note(theme: Theme, text: string, header = theme.noteHeader): string {
  const lines = (theme === plain ? text : text.replaceAll('--platform', theme.flag('--platform'))).split('\n')
  const indent = ' '.repeat(plain.noteHeader.length)
  return `\n${lines.map((line, i) => `${i === 0 ? header : indent}${theme.italic(line)}\n`).join('')}`
}
