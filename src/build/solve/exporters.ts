import { wrap } from '../../errors/cli-error.ts'
import { isFalse, isTrue } from '../../go/bool.ts'
import { quote } from '../../go/quote.ts'
import { parseReference } from '../../parse/reference.ts'
import type { BuildOptions } from '../flags/options.ts'
import type { OutputFlag } from '../flags/output.ts'
import { readSwitch } from './attributes.ts'
import { type Builder, notSupported } from './builder.ts'

/** What becomes of a build's result. */
export interface Exporter {
  readonly type: string
  readonly attributes: Readonly<Record<string, string>>
  /** Where what the builder sends goes: a folder, or a file (`-` for stdout); missing where the engine keeps the result. */
  readonly folder?: string
  readonly file?: string
}

/** What exporters depend on besides the options. */
interface ExportWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Tells of something that does not stop the build. */
  readonly warn: (text: string) => void
}

/**
 * The exporters of a build by the engine's own builder: `image`, `docker` without a file and no output at all mean the engine's
 * image store. Throws for what the builder cannot do (buildx build/opt.go toSolveOpt, commands/build.go RunBuild).
 */
export function toExporters(options: BuildOptions, builder: Builder, world: ExportWorld): Exporter[] {
  const wanted = withShorthands(options, options.outputs.map(readOutput))
  const all = wanted.length > 0 || !keepsResult(options, world) ? wanted : [{ type: 'image', attributes: {} }]
  if (all.length > 1 && isOlder(builder.version, [0, 13])) {
    throw new Error(
      'multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output',
    )
  }
  checkAnnotations(options, builder, all)
  const names = options.tags.map(readTag).join(',')
  return all
    .map((one) => named(annotated(one, options), names))
    .filter(({ type }) => type !== 'cacheonly')
    .map((one) => forEngine(one, options, builder, world))
}

/** Whether an exporter is to push what the engine keeps. */
export function pushes({ attributes }: Exporter): boolean {
  return isTrue(attributes.push)
}

function readOutput({ type, destination, attributes }: OutputFlag): Exporter {
  if (type === 'registry') return { type: 'image', attributes: { unpack: 'false', ...attributes, push: 'true' } }
  if (type === 'local') return { type, attributes, folder: neededFolder(type, destination) }
  if (type === 'tar') return { type, attributes, file: destination || '-' }
  if (type !== 'oci' && type !== 'docker') return { type, attributes }
  if (isFalse(attributes.tar)) {
    return { type, attributes, folder: neededFolder(type, destination) }
  }
  const file = destination || (type === 'oci' ? '-' : '')
  return { type, attributes, ...(file !== '' && { file }) }
}

function neededFolder(type: string, destination: string): string {
  if (destination === '') throw new Error(`dest is required for ${type} exporter`)
  if (destination === '-') throw new Error(`dest cannot be stdout for ${type} exporter`)
  return destination
}

function withShorthands({ push, load }: BuildOptions, outputs: Exporter[]): Exporter[] {
  const pushed = { push: 'true' }
  let all = outputs
  if (push) {
    all = all.map((one) =>
      one.type === 'image' ? { ...one, attributes: { unpack: 'false', ...one.attributes, ...pushed } } : one,
    )
    if (!all.some(({ type }) => type === 'image')) {
      all = [...all, { type: 'image', attributes: { unpack: 'false', ...pushed } }]
    }
  }
  return load && !all.some(isLoaded) ? [...all, { type: 'docker', attributes: {} }] : all
}

/** Whether it is for the engine's images in the form that `docker load` takes. */
function isLoaded({ type, file, folder }: Exporter): boolean {
  return type === 'docker' && file === undefined && folder === undefined
}

/** Whether a build without an output goes to the engine's images. */
function keepsResult({ call }: BuildOptions, { env, warn }: ExportWorld): boolean {
  if (call !== undefined) return false
  const { BUILDX_NO_DEFAULT_LOAD: text } = env
  if (text !== undefined && !isTrue(text) && !isFalse(text)) {
    warn(`invalid non-bool value for BUILDX_NO_DEFAULT_LOAD: ${text}`)
  }
  return !isTrue(text)
}

function checkAnnotations({ annotations, call }: BuildOptions, builder: Builder, all: readonly Exporter[]): void {
  const isImage = all.some(({ type }) => type === 'image' || type === 'docker')
  if (!isImage || call !== undefined || builder.hasContainerdStore) return
  if (annotations.some(({ isOfIndex }) => isOfIndex)) {
    throw new Error('index annotations not supported for single platform export')
  }
}

function annotated(exporter: Exporter, { annotations }: BuildOptions): Exporter {
  const added = Object.fromEntries(annotations.map(({ attribute, value }) => [attribute, value]))
  return { ...exporter, attributes: { ...exporter.attributes, ...added } }
}

function named(exporter: Exporter, names: string): Exporter {
  const { type, attributes } = exporter
  if (names !== '' && ['image', 'oci', 'docker'].includes(type)) {
    return { ...exporter, attributes: { ...attributes, name: names } }
  }
  if (type === 'image' && !attributes.name && pushes(exporter)) {
    throw new Error('tag is needed when pushing to registry')
  }
  return exporter
}

function readTag(text: string): string {
  try {
    parseReference(text)
    return text
  } catch (error) {
    throw wrap(error, `invalid tag ${quote(text)}`)
  }
}

function forEngine(exporter: Exporter, options: BuildOptions, builder: Builder, { env }: ExportWorld): Exporter {
  const { type, attributes } = exporter
  const { hasContainerdStore } = builder
  const isKept = type === 'image' || isLoaded(exporter)
  if (type === 'oci' && !hasContainerdStore) throw notSupported('OCI exporter', 'build-exporters')
  if (type === 'docker') checkDocker(isKept, options, builder)
  if (isKept && pushes(exporter) && isTrue(attributes['push-by-digest'])) {
    throw new Error(
      'push-by-digest is currently not implemented for docker driver, please create a new builder instance',
    )
  }
  const info = options.buildArgs.BUILDKIT_INLINE_BUILDINFO_ATTRS
  const isArtifact =
    hasContainerdStore && readSwitch(env, 'BUILDX_NO_DEFAULT_OCI_ARTIFACT') && (isKept || type === 'oci')
  return {
    ...exporter,
    type: isKept ? 'moby' : type,
    attributes: {
      ...(isArtifact && { 'oci-artifact': 'false' }),
      ...attributes,
      // Images are then known by the digest of their manifest.
      ...(isKept && hasContainerdStore && { 'prefer-image-digest': 'true' }),
      ...(info !== undefined && ['docker', 'image', 'oci'].includes(type) && { 'buildinfo-attrs': info }),
    },
  }
}

function checkDocker(isKept: boolean, { platforms, attests }: BuildOptions, { hasContainerdStore }: Builder): void {
  const isList = platforms.length > 1 || [...attests.values()].some((one) => one !== undefined)
  if (isList && !isKept) {
    throw new Error('docker exporter does not support exporting manifest lists, use the oci exporter instead')
  }
  if (isList && !hasContainerdStore) {
    throw new Error('docker exporter does not currently support exporting manifest lists')
  }
  if (!isKept && !hasContainerdStore) throw notSupported('Docker exporter', 'build-exporters')
}

function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, a = '0', b = '0'] = /^v?(\d+)\.(\d+)/.exec(version) ?? []
  return Number(a) < major || (Number(a) === major && Number(b) < minor)
}
