import { wrap } from '../../errors/cli-error.ts'
import type { Context } from '../../context.ts'
import type { Platform } from '../../engine/types/platform.ts'
import { platformOf } from '../_platform.ts'

/** The platforms of a `--platform` list; throws `invalid platform: ...`. */
export function platformsOf(
  texts: readonly string[] | undefined,
  host: Pick<Context, 'platform' | 'arch'>,
): Platform[] {
  try {
    return (texts ?? []).map((text) => platformOf(text, host))
  } catch (error) {
    throw wrap(error, 'invalid platform')
  }
}
