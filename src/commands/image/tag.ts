import { command, exactly } from '../../cli/command.ts'
import { cliError, wrap } from '../../errors/cli-error.ts'
import { quote } from '../../go/quote.ts'
import { fullName, parseAnyReference, parseReference, withDefaultTag } from '../../parse/reference.ts'

export default command({
  path: ['image tag', 'tag'],
  summary: 'Add a tag to an image',
  args: exactly(2, 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]'),
  flags: {},
  interspersed: false,
  complete: 'images',
  async run({ engine, signal }, { args }) {
    const [source = '', target = ''] = args
    const { images } = await engine()
    await images.tag(source, tagTarget(source, target), { signal })
  },
})

/** Gives the new name in the request's two parts; throws when either name is none (moby/client ImageTag). */
export function tagTarget(source: string, target: string): { repo: string; tag?: string } {
  checked(source, parseAnyReference)
  const reference = checked(target, parseReference)
  if (reference.digest !== undefined) throw cliError('refusing to create a tag with a digest reference')
  const { tag } = withDefaultTag(reference)
  return { repo: fullName(reference), ...(tag !== undefined && { tag }) }
}

function checked<T>(text: string, parse: (text: string) => T): T {
  try {
    return parse(text)
  } catch (error) {
    throw wrap(error, `error parsing reference: ${quote(text)} is not a valid repository/tag`)
  }
}
