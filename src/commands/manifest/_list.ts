import { cliError } from '../../errors/cli-error.ts'
import { parseReference, type Reference } from '../../parse/reference.ts'
import { type ImageManifest, listJson, type ManifestDescriptor } from '../../registry/image-manifest.ts'

/** The manifest list of images for the registry of `target`; throws for images of another registry (docker/cli manifest buildManifestDescriptor). */
export function manifestList(
  target: Reference,
  manifests: readonly ImageManifest[],
): { mediaType: string; json: string } {
  return listJson(manifests.map((manifest) => listed(target, manifest)))
}

function listed(target: Reference, { ref, descriptor }: ImageManifest): ManifestDescriptor {
  const { domain } = parseReference(ref)
  if (domain !== target.domain) {
    throw cliError(
      `cannot use source images from a different registry than the target image: ${domain} != ${target.domain}`,
    )
  }
  return descriptor
}
