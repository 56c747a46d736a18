import type { Mode } from './display.ts'

/** What decides how progress is shown. */
export interface ModeChoice {
  /** `--progress`, `auto` unless it is given. */
  readonly progress: string
  readonly quiet: boolean
  /** Whether progress goes to a terminal. */
  readonly isTerminal: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** How progress is shown; throws for what cannot be (buildx toDisplayMode, buildkit progressui NewDisplay). */
export function displayMode({ progress, quiet, isTerminal, env }: ModeChoice): Mode {
  if (quiet || progress === 'quiet') {
    if (progress !== 'auto' && progress !== 'quiet' && progress !== 'none') {
      throw new Error(`progress=${progress} and quiet cannot be used together`)
    }
    return 'quiet'
  }
  const mode = progress === 'auto' ? env.BUILDKIT_PROGRESS || 'auto' : progress
  switch (mode) {
    case 'none':
      return 'quiet'
    case '':
    case 'auto':
      return isTerminal ? 'tty' : 'plain'
    case 'tty':
      if (!isTerminal) throw new Error('failed to get console: provided file is not a console')
      return mode
    case 'plain':
    case 'rawjson':
    case 'quiet':
      return mode
    default:
      throw new Error(`invalid progress mode ${mode}`)
  }
}
