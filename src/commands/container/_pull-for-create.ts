import { registryAuth } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import { fullName, parseReference, withDefaultTag } from '../../parse/reference.ts'
import { displayMessages, discard } from '../../streams/progress.ts'

/** Pulls an image that a container is to be made of; its progress goes to stderr, since stdout is for the ID. */
export async function pullForCreate(
  context: Context,
  image: string,
  { quiet, platform }: { quiet: boolean; platform: string },
): Promise<void> {
  const reference = withDefaultTag(parseReference(image))
  const auth = await registryAuth(context, reference.domain, 'anonymous')
  const { images } = await context.engine()
  const { body } = await images.pull(fullName(reference), {
    tag: reference.digest ?? reference.tag ?? '',
    platform,
    registryAuth: auth,
    signal: context.signal,
  })
  await displayMessages(progressMessages(body), quiet ? discard : context.err, { now: context.now })
}
