import fs from 'node:fs'
import path from 'node:path'
import { messageOf } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'

/** What an image layout's index says of one manifest. */
export interface Descriptor {
  readonly digest: string
  readonly annotations?: Readonly<Record<string, string>>
  readonly [name: string]: unknown
}

interface Index {
  readonly schemaVersion?: number
  readonly mediaType?: string
  readonly manifests?: readonly Descriptor[]
  readonly [name: string]: unknown
}

/** Finds the manifest of a tag in an OCI image layout, undefined where there is none. Throws where there is no index (buildkit client/ociindex). */
export function findTag(folder: string, tag: string): Descriptor | undefined {
  const { manifests = [] } = readIndex(folder)
  const named = (annotation: string) => manifests.find(({ annotations }) => annotations?.[annotation] === tag)
  return named(IMAGE_NAME) ?? named(REF_NAME)
}

/** The only manifest of a layout, undefined where there are several. */
export function onlyManifest(folder: string): Descriptor | undefined {
  const { manifests = [] } = readIndex(folder)
  return manifests.length === 1 ? manifests[0] : undefined
}

/** Makes a folder an OCI image layout if it is none, and gives a manifest in it a tag or an image's name, which another one loses. */
export function putManifest(
  folder: string,
  descriptor: Descriptor,
  { tag, image = '' }: { tag: string; image?: string },
): void {
  const file = path.join(folder, 'index.json')
  const index = fs.existsSync(file) ? readIndex(folder) : {}
  const others = (index.manifests ?? []).filter(
    ({ annotations = {} }) => annotations[REF_NAME] !== tag || (annotations[IMAGE_NAME] ?? '') !== image,
  )
  const names = { ...(image !== '' && { [IMAGE_NAME]: image }), [REF_NAME]: tag }
  const named = { ...descriptor, annotations: { ...descriptor.annotations, ...names } }
  const { schemaVersion = 2, mediaType = 'application/vnd.oci.image.index.v1+json', ...rest } = index
  fs.writeFileSync(path.join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  fs.writeFileSync(file, JSON.stringify({ schemaVersion, mediaType, ...rest, manifests: [...others, named] }))
}

function readIndex(folder: string): Index {
  const file = path.join(folder, 'index.json')
  let text
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    throw pathError('open', file, error)
  }
  try {
    return JSON.parse(text) as Index
  } catch (error) {
    throw new Error(`could not unmarshal ${file}: ${messageOf(error)}`, { cause: error })
  }
}

const IMAGE_NAME = 'io.containerd.image.name'
const REF_NAME = 'org.opencontainers.image.ref.name'
