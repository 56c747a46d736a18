import { between, command } from '../../cli/command.ts'
import { cliError, wrap } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { indent } from '../../go/scan.ts'
import { formatReference, type Reference } from '../../parse/reference.ts'
import { type ImageManifest, manifestJson } from '../../registry/image-manifest.ts'
import { ManifestStore } from '../../registry/manifest-store.ts'
import { manifestList } from './_list.ts'
import { normalized, withRegistry } from './_registry.ts'

export default command({
  path: ['manifest inspect'],
  summary: 'Show an image manifest or manifest list',
  args: between(1, 2, '[MANIFEST_LIST] MANIFEST'),
  flags: {
    insecure: bool('Allow an insecure registry (plain HTTP or an unverified certificate)'),
    verbose: bool('Include references, platforms and layers', { short: 'v' }),
  },
  complete: 'images',
  async run(context, { args, options: { insecure = false, verbose = false } }) {
    const reference = normalized(args.at(-1) ?? '')
    const store = new ManifestStore(context.configDir)
    if (args.length === 2) {
      const list = formatReference(normalized(args[0] ?? ''))
      return showImage(context, store.get(list, formatReference(reference)), verbose)
    }
    const local = localList(store, reference)
    if (local !== undefined) return showList(context, reference, local, verbose)
    await withRegistry(context, insecure, async (client) => {
      // Whatever came in its way, it may be a list.
      const image = await client.getImage(reference).catch(() => context.signal.throwIfAborted())
      if (image) showImage(context, image, verbose)
      else showList(context, reference, await client.getList(reference), verbose)
    })
  },
})

function localList(store: ManifestStore, reference: Reference): ImageManifest[] | undefined {
  try {
    return store.getList(formatReference(reference))
  } catch {
    return undefined
  }
}

function showImage({ out }: Context, manifest: ImageManifest, verbose: boolean): void {
  if (!verbose && manifest.raw.length === 0) throw cliError(`${manifest.ref} has no payload`)
  out.line(indent(verbose ? manifestJson(manifest) : manifest.raw.toString('utf8'), '', '\t'))
}

function showList({ out }: Context, reference: Reference, manifests: readonly ImageManifest[], verbose: boolean): void {
  if (verbose) return out.line(indent(`[${manifests.map(manifestJson).join(',')}]`, '', '\t'))
  try {
    out.line(manifestList(reference, manifests).json)
  } catch (error) {
    throw wrap(error, 'failed to assemble ManifestDescriptor')
  }
}
