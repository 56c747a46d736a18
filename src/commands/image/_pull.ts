import { registryAuth } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import { fullName, parseReference, withDefaultTag } from '../../parse/reference.ts'
import { displayMessages } from '../../streams/progress.ts'
import type { Output } from '../../streams/stdio.ts'

export interface PullOptions {
  /** Every tag of the repository instead of one. */
  all?: boolean
  /** In its normal form: `linux/arm64`. */
  platform?: string
}

/**
 * Has the daemon pull `image` (a familiar name) with the credentials that the configuration has for its
 * registry, and shows on `out` how it goes. Throws when the name, the registry or the daemon refuses.
 */
export async function pullImage(
  context: Context,
  image: string,
  { all = false, platform }: PullOptions,
  out: Output,
): Promise<void> {
  const reference = withDefaultTag(parseReference(image))
  const auth = await registryAuth(context, reference.domain, 'anonymous')
  const { images } = await context.engine()
  const tag = reference.digest ?? reference.tag
  const { body } = await images.pull(fullName(reference), {
    ...(!all && tag !== undefined && { tag }),
    ...(platform !== undefined && { platform }),
    registryAuth: auth,
    signal: context.signal,
  })
  await displayMessages(progressMessages(body), out, { now: context.now })
}
