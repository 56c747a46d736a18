import type { Context } from '../../context.ts'
import { themeFor, note } from '../../format/theme.ts'

/** Prints a note on stderr, in colours on a terminal unless NO_COLOR is set. */
export async function printNote(
  { env, err }: Pick<Context, 'env' | 'err'>,
  kind: 'info' | 'warning',
  text: string,
): Promise<void> {
  const theme = await themeFor(err, env)
  err.write(Buffer.from(note(theme, text, kind === 'info' ? theme.noteHeader : theme.warningHeader)))
}

/** Says that DOCKER_AUTH_CONFIG, where it is set, comes before what login and logout change. */
export async function warnOfEnvironment(context: Pick<Context, 'env' | 'err'>): Promise<void> {
  if (!context.env.DOCKER_AUTH_CONFIG) return
  const text =
    'DOCKER_AUTH_CONFIG is set and takes precedence.\nUnset DOCKER_AUTH_CONFIG to restore the CLI auth behaviour.\n'
  await printNote(context, 'warning', text)
}
