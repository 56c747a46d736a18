import type { Context } from '../../context.ts'
import type { Sendable } from '../../engine/sendable.ts'
import type { DistributionInspect } from '../../engine/types/image.ts'
import type { ServiceSpec, TaskPlacement } from '../../engine/types/service.ts'
import { parseDigest } from '../../parse/digest.ts'
import { familiarString, parseReference, type Reference, withDefaultTag } from '../../parse/reference.ts'

/** How the image of a service is looked up. */
interface Lookup {
  /** Whether its registry is asked for its digest and platforms. */
  readonly resolve: boolean
  readonly registryAuth?: string | undefined
}

type Spec = Sendable<ServiceSpec>

/**
 * The specification with its image, or its plugin's, tagged and, with `resolve`, pinned to its digest and to the platforms
 * that it is made for; where the registry does not tell, a warning goes with it (moby client ServiceCreate, ServiceUpdate).
 */
export async function withImage(
  context: Pick<Context, 'engine' | 'signal'>,
  spec: Spec,
  lookup: Lookup,
): Promise<{ spec: Spec; warnings: string[] }> {
  const image = imageOf(spec)
  if (image === undefined) return { spec, warnings: [] }
  const tagged = withTag(image)
  if (!lookup.resolve) return { spec: setImage(spec, tagged), warnings: [] }
  const { images } = await context.engine()
  try {
    if (tagged === '') throw new Error('no image')
    const { registryAuth } = lookup
    const found = await images.distribution(tagged, { ...(registryAuth && { registryAuth }), signal: context.signal })
    return { spec: withPlatforms(setImage(spec, withDigest(tagged, found)), found), warnings: [] }
  } catch {
    context.signal.throwIfAborted()
    return { spec: setImage(spec, tagged), warnings: [notPinned(tagged)] }
  }
}

function imageOf({ TaskTemplate: task = {} }: Spec): string | undefined {
  return task.ContainerSpec
    ? (task.ContainerSpec.Image ?? '')
    : task.PluginSpec
      ? (task.PluginSpec.remote ?? '')
      : undefined
}

function setImage(spec: Spec, image: string): Spec {
  const task = spec.TaskTemplate ?? {}
  const changed = task.ContainerSpec
    ? { ContainerSpec: { ...task.ContainerSpec, Image: image } }
    : { PluginSpec: { ...task.PluginSpec, remote: image } }
  return { ...spec, TaskTemplate: { ...task, ...changed } }
}

/** The image in short, with the tag `latest` where it has neither tag nor digest; what is no reference stays. */
function withTag(image: string): string {
  const reference = referenceOf(image)
  return reference === undefined ? image : familiarString(withDefaultTag(reference))
}

function withDigest(image: string, { Descriptor: { digest } }: DistributionInspect): string {
  const reference = referenceOf(image)
  return reference === undefined || reference.digest !== undefined || !isDigest(digest)
    ? image
    : familiarString({ ...reference, digest })
}

function isDigest(text: string): boolean {
  try {
    return parseDigest(text) === text
  } catch {
    return false
  }
}

function referenceOf(image: string): Reference | undefined {
  try {
    return parseReference(image)
  } catch {
    return undefined
  }
}

function withPlatforms(spec: Spec, { Platforms }: DistributionInspect): Spec {
  const platforms = new Map<string, NonNullable<TaskPlacement['Platforms']>[number]>()
  for (const { os = '', architecture = '' } of Platforms ?? []) {
    // Not platforms but attestations and the like.
    if (os === 'unknown' || architecture === 'unknown') continue
    // Nodes say `armv7l` and not `arm`, so that none would do (moby/swarmkit#2294).
    const Architecture = architecture.toLowerCase() === 'arm' ? '' : architecture
    platforms.set(`${os}/${Architecture}`, { Architecture, OS: os })
  }
  if (platforms.size === 0) return spec
  const task = spec.TaskTemplate ?? {}
  return {
    ...spec,
    TaskTemplate: { ...task, Placement: { ...task.Placement, Platforms: [...platforms.values()] } },
  }
}

function notPinned(image: string): string {
  return (
    `image ${image} could not be accessed on a registry to record\n` +
    `its digest. Each node will access ${image} independently,\n` +
    'possibly leading to different nodes running different\nversions of the image.\n'
  )
}
