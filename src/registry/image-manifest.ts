import { createHash } from 'node:crypto'
import { cliError, messageOf, reword } from '../errors/cli-error.ts'
import { escapeHtml, toJson } from '../go/json-data.ts'
import { compact } from '../go/scan.ts'

/** What an image of a manifest list runs on (OCI image-spec). */
export interface ManifestPlatform {
  architecture: string
  os: string
  'os.version'?: string
  'os.features'?: string[]
  variant?: string
}

export interface ManifestDescriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: ManifestPlatform
}

/** The manifest of one image, with the name it was found by. */
export interface ImageManifest {
  /** `docker.io/library/busybox:latest`. */
  readonly ref: string
  readonly descriptor: ManifestDescriptor
  /** Byte for byte as the registry has it: its digest depends on it. */
  readonly raw: Buffer
}

export const mediaTypes = {
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
  index: 'application/vnd.oci.image.index.v1+json',
  schema2: 'application/vnd.docker.distribution.manifest.v2+json',
  oci: 'application/vnd.oci.image.manifest.v1+json',
} as const

/** A document that a registry gave for a tag or digest. */
export type ManifestDocument =
  | {
      readonly kind: 'image'
      readonly mediaType: string
      readonly raw: Buffer
      readonly config: { readonly digest: string }
    }
  | {
      readonly kind: 'list'
      readonly mediaType: string
      readonly raw: Buffer
      readonly manifests: readonly ListedManifest[]
    }

export interface ListedManifest {
  readonly digest: string
  readonly platform: ManifestPlatform
}

interface Wire {
  mediaType?: string
  config?: { digest?: string }
  layers?: { digest?: string }[]
  manifests?: { digest?: string; platform?: ManifestPlatform }[]
}

/** Reads a manifest by its Content-Type. Throws for one that is something else than it claims (distribution UnmarshalManifest). */
export function parseManifest(contentType: string, raw: Buffer): ManifestDocument {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!Object.values<string>(mediaTypes).includes(type)) {
    throw cliError(`unsupported manifest media type and no default available: ${type}`)
  }
  const wire = parseWire(raw)
  const declared = wire.mediaType ?? ''
  switch (type) {
    case mediaTypes.list:
      if (declared !== type) throw cliError(`mediaType in manifest list should be '${type}' not '${declared}'`)
      return list(type, raw, wire)
    case mediaTypes.index:
      if (isSet(wire.config) || isSet(wire.layers)) throw cliError('index: expected index but found manifest')
      if (declared !== '' && declared !== type) {
        throw cliError(`if present, mediaType in image index should be '${type}' not '${declared}'`)
      }
      return list(type, raw, wire)
    case mediaTypes.schema2:
      if (declared !== type) throw cliError(`mediaType in manifest should be '${type}' not '${declared}'`)
      return image(type, raw, wire)
    default:
      if (isSet(wire.manifests)) throw cliError('ocimanifest: expected manifest but found index')
      if (declared !== '' && declared !== type) {
        throw cliError(`if present, mediaType in manifest should be '${type}' not '${declared}'`)
      }
      return image(type, raw, wire)
  }
}

/** The digests of everything that an image's manifest refers to: its configuration, then its layers. */
export function referencedBlobs({ raw }: ImageManifest): string[] {
  const { config, layers } = parseWire(raw)
  return [config, ...(layers ?? [])].map((blob) => blob?.digest ?? '')
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** A manifest as the local store keeps it and `inspect -v` shows it, compact (docker/cli cli/manifest/types ImageManifest). */
export function manifestJson({ ref, descriptor, raw }: ImageManifest): string {
  const { mediaType, digest, size, platform } = descriptor
  const shown = { mediaType, digest, size, ...(platform && { platform: orderedPlatform(platform) }) }
  const document = mediaType === mediaTypes.schema2 ? 'SchemaV2Manifest' : 'OCIManifest'
  const fields = [
    `"Ref":${toJson(ref)}`,
    `"Descriptor":${toJson(shown)}`,
    ...(raw.length === 0 ? [] : [`"Raw":"${raw.toString('base64')}"`]),
    `"${document}":${escapeHtml(compact(raw.toString('utf8')))}`,
  ]
  return `{${fields.join(',')}}`
}

/** A manifest as the local store has it; without `raw` when an old client wrote it. Throws for what is no manifest. */
export function parseStoredManifest(text: string): ImageManifest {
  const stored = JSON.parse(text) as {
    Ref?: string
    Descriptor?: Partial<ManifestDescriptor>
    Raw?: string
  }
  const { mediaType = '', digest = '', size = 0, platform } = stored.Descriptor ?? {}
  return {
    ref: stored.Ref ?? '',
    descriptor: { mediaType, digest, size, ...(platform && { platform }) },
    raw: Buffer.from(stored.Raw ?? '', 'base64'),
  }
}

/** The list's JSON, indented as it is pushed (distribution manifestlist.FromDescriptors). */
export function listJson(manifests: readonly ManifestDescriptor[]): { mediaType: string; json: string } {
  const mediaType = manifests[0]?.mediaType === mediaTypes.oci ? mediaTypes.index : mediaTypes.list
  const entries = manifests.map((manifest) => ({
    ...(manifest.mediaType === '' ? {} : { mediaType: manifest.mediaType }),
    ...(manifest.size === 0 ? {} : { size: manifest.size }),
    ...(manifest.digest === '' ? {} : { digest: manifest.digest }),
    platform: orderedPlatform(manifest.platform ?? { architecture: '', os: '' }),
  }))
  return {
    mediaType,
    json: toJson({ schemaVersion: 2, mediaType, manifests: entries }, { indent: 3 }),
  }
}

/** What a configuration or a list's entry says of its platform, and nothing else. */
export function platformOf(wire: Partial<ManifestPlatform>): ManifestPlatform {
  return orderedPlatform({ ...wire, architecture: wire.architecture ?? '', os: wire.os ?? '' })
}

function orderedPlatform(platform: ManifestPlatform): ManifestPlatform {
  const { architecture, os, variant } = platform
  const [version, features] = [platform['os.version'], platform['os.features']]
  return {
    architecture,
    os,
    ...(version ? { 'os.version': version } : {}),
    ...(features && features.length > 0 ? { 'os.features': features } : {}),
    ...(variant ? { variant } : {}),
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

function image(mediaType: string, raw: Buffer, { config }: Wire): ManifestDocument {
  return { kind: 'image', mediaType, raw, config: { digest: config?.digest ?? '' } }
}

function list(mediaType: string, raw: Buffer, { manifests }: Wire): ManifestDocument {
  const listed = (manifests ?? []).map(({ digest = '', platform }) => ({
    digest,
    platform: platformOf(platform ?? {}),
  }))
  return { kind: 'list', mediaType, raw, manifests: listed }
}

function parseWire(raw: Buffer): Wire {
  try {
    return (JSON.parse(raw.toString('utf8')) as Wire | null) ?? {}
  } catch (error) {
    throw reword(error, messageOf(error))
  }
}
