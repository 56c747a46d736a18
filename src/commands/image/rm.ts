import { atLeast, command } from '../../cli/command.ts'
import { joinErrors } from '../../errors/cli-error.ts'
import { bool, commaList } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { isEngineError } from '../../engine/errors.ts'
import type { Images } from '../../engine/images.ts'
import type { ImageRemoveItem } from '../../engine/types/image.ts'
import { platformOf } from '../_platform.ts'

export default command({
  path: ['image rm', 'rmi'],
  aliases: ['image rmi', 'image remove'],
  unlisted: ['image rmi'],
  summary: 'Remove one or more images',
  args: atLeast(1, 'IMAGE [IMAGE...]'),
  flags: {
    force: bool('Remove the image even if it has several tags or a stopped container uses it', { short: 'f' }),
    noPrune: bool('Keep untagged parent images'),
    platform: commaList('Platform to remove, os[/arch[/variant]]', {
      since: '1.50',
      complete: 'platforms',
    }),
  },
  complete: 'images',
  async run(context, { args, options }) {
    const { err, signal } = context
    const { force = false, noPrune = false } = options
    const { images } = await context.engine()
    const platforms = (options.platform ?? []).map((text) => platformOf(text, context))
    const errors = await removeAll(images, context, args, { force, prune: !noPrune, platforms, signal })
    if (errors.length === 0) return
    // With --force, that an image is not there is worth saying, but no failure.
    if (!force || errors.some((error) => !isEngineError(error, 404))) throw joinErrors(errors)
    err.line(joinErrors(errors).message)
  },
})

async function removeAll(
  images: Images,
  context: Context,
  names: readonly string[],
  options: Parameters<Images['remove']>[1],
): Promise<unknown[]> {
  const errors: unknown[] = []
  for (const name of names) {
    try {
      for (const item of await images.remove(name, options)) context.out.line(removed(item))
    } catch (error) {
      errors.push(error)
    }
  }
  return errors
}

function removed({ Deleted: deleted, Untagged: untagged }: ImageRemoveItem): string {
  return deleted ? `Deleted: ${deleted}` : `Untagged: ${untagged ?? ''}`
}
