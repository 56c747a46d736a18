import { atLeast, command } from '../../cli/command.ts'
import { type CliError, cliError, wrap } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { formatReference, type Reference } from '../../parse/reference.ts'
import type { ImageManifest } from '../../registry/image-manifest.ts'
import { ManifestStore } from '../../registry/manifest-store.ts'
import { normalized, withRegistry } from './_registry.ts'

export default command({
  path: ['manifest create'],
  summary: 'Create a local manifest list to annotate and push',
  args: atLeast(2, 'MANIFEST_LIST MANIFEST [MANIFEST...]'),
  usage: 'MANIFEST_LIST MANIFEST [MANIFEST...]',
  flags: {
    amend: bool('Add to an existing manifest list', { short: 'a' }),
    insecure: bool('Allow an insecure registry (plain HTTP or an unverified certificate)'),
  },
  complete: 'images',
  async run(context, { args: [list = '', ...images], options: { amend = false, insecure = false } }) {
    const target = listReference(list)
    const name = formatReference(target)
    const store = new ManifestStore(context.configDir)
    if (exists(store, name) && !amend) {
      throw cliError('refusing to amend an existing manifest list with no --amend flag')
    }
    for (const image of images) {
      const reference = normalized(image)
      store.save(name, formatReference(reference), await find(context, store, name, reference, insecure))
    }
    context.out.line(`Created manifest list ${name}`)
  },
})

function listReference(text: string): Reference {
  try {
    return normalized(text)
  } catch (error) {
    throw wrap(error, `error parsing name for manifest list ${text}`)
  }
}

function exists(store: ManifestStore, name: string): boolean {
  try {
    store.getList(name)
    return true
  } catch (error) {
    if ((error as CliError).code === 'manifest/not-found') return false
    throw error
  }
}

/** What the list has of the image already, else what the registry has. */
async function find(
  context: Context,
  store: ManifestStore,
  list: string,
  reference: Reference,
  insecure: boolean,
): Promise<ImageManifest> {
  try {
    const known = store.get(list, formatReference(reference))
    if (known.raw.length > 0) return known
  } catch (error) {
    if ((error as CliError).code !== 'manifest/not-found') throw error
  }
  return withRegistry(context, insecure, (client) => client.getImage(reference))
}
