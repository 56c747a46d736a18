/** How parts of a view for people are set off: colours on a terminal, nothing elsewhere (docker/cli internal/tui). */
export interface Look {
  readonly title: (text: string) => string
  readonly name: (text: string) => string
  readonly faint: (text: string) => string
  readonly italic: (text: string) => string
  readonly flag: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  /** A mark of one letter on a ground of its own. */
  readonly chip: (letter: string) => string
  /** What stands where a chip could. */
  readonly noChip: string
  /** Before a note's first line. */
  readonly noteHeader: string
  /** Before a warning's first line. */
  readonly warningHeader: string
}

const same = (text: string): string => text

/** For pipes and files. */
export const plain: Look = {
  title: same,
  name: same,
  faint: same,
  italic: same,
  flag: same,
  good: same,
  bad: same,
  chip: same,
  noChip: ' ',
  noteHeader: ' Info -> ',
  warningHeader: ' Warn -> ',
}

/** The look for `out`: colours only on a terminal whose owner has not set NO_COLOR. */
export async function lookOf(
  out: { readonly isTerminal: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Promise<Look> {
  if (!out.isTerminal || env.NO_COLOR) return plain
  const { coloured } = await import('./pretty.ts')
  return coloured
}

/** A note between the lines of output: an empty line, then the text beside its header. */
export function note(look: Look, text: string, header = look.noteHeader): string {
  const lines = (look === plain ? text : text.replaceAll('--platform', look.flag('--platform'))).split('\n')
  const indent = ' '.repeat(plain.noteHeader.length)
  return `\n${lines.map((line, i) => `${i === 0 ? header : indent}${look.italic(line)}\n`).join('')}`
}
