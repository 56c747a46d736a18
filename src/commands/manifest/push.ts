import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { formatReference, parseReference, type Reference } from '../../parse/reference.ts'
import { digestOf, type ImageManifest, referencedBlobs } from '../../registry/image-manifest.ts'
import { ManifestStore } from '../../registry/manifest-store.ts'
import type { ManifestClient } from '../../registry/manifests.ts'
import { manifestList } from './_list.ts'
import { normalized, withRegistry } from './_registry.ts'

export default command({
  path: ['manifest push'],
  summary: 'Push a manifest list to a registry',
  args: exactly(1, 'MANIFEST_LIST'),
  flags: {
    purge: bool('Remove the local manifest list once it is pushed', { short: 'p' }),
    insecure: bool('Allow an insecure registry (plain HTTP or an unverified certificate)'),
  },
  complete: 'images',
  async run(context, { args: [list = ''], options: { purge = false, insecure = false } }) {
    const target = normalized(list)
    const name = formatReference(target)
    const store = new ManifestStore(context.configDir)
    const manifests = store.getList(name)
    if (manifests.length === 0) throw cliError(`${name} not found`)
    for (const manifest of manifests) checkPlatform(manifest)
    const { mediaType, json } = manifestList(target, manifests)
    const foreign = manifests.filter(({ ref }) => parseReference(ref).path !== target.path)
    for (const manifest of foreign) checkDigest(manifest)
    await withRegistry(context, insecure, async (client) => {
      for (const manifest of foreign) await mountBlobs(client, target, manifest)
      for (const { descriptor, raw } of foreign) {
        const { tag: _, ...repository } = target
        const reference: Reference = { ...repository, digest: descriptor.digest }
        const digest = await client.put(reference, descriptor.mediaType, raw)
        context.out.line(`Pushed ref ${formatReference(reference)} with digest: ${digest}`)
      }
      context.out.line(await client.put(target, mediaType, Buffer.from(json)))
    })
    if (purge) store.remove(name)
  },
})

function checkPlatform({ ref, descriptor: { platform } }: ImageManifest): void {
  if (platform?.architecture && platform.os) return
  throw cliError(`manifest ${ref} must have an OS and Architecture to be pushed to a registry`)
}

/** What is pushed must be what was found, to the byte. */
function checkDigest({ ref, descriptor, raw }: ImageManifest): void {
  const found = digestOf(raw)
  if (found !== descriptor.digest) {
    throw cliError(`internal digest mismatch for ${ref}: expected ${descriptor.digest}, got ${found}`)
  }
}

/** Layers of another repository of the same registry become the target's without being sent. */
async function mountBlobs(client: ManifestClient, target: Reference, manifest: ImageManifest): Promise<void> {
  const from = parseReference(manifest.ref).path
  for (const digest of referencedBlobs(manifest)) {
    const mounted = await client.mount(target, from, digest)
    // Windows has layers that registries do not keep.
    if (mounted || manifest.descriptor.platform?.os === 'windows') continue
    throw cliError(`error mounting ${from}@${digest} to ${formatReference(target)}`)
  }
}
