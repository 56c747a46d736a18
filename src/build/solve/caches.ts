import type { BuildOptions } from '../flags/options.ts'
import type { CacheEntry } from '../flags/cache.ts'
import { isTrue } from '../../go/bool.ts'
import { type Builder, notSupported } from './builder.ts'

/** The caches of a build as they are asked for. */
export interface Caches {
  readonly imports: readonly CacheEntry[]
  readonly exports: readonly CacheEntry[]
}

/** What is asked for of `--cache-from` and `--cache-to`; throws for what the builder cannot do (buildx toSolveOpt, buildkit client parseCacheOptions). */
export function toCaches({ cacheFrom, cacheTo, buildArgs }: BuildOptions, builder: Builder): Caches {
  const isInline = isTrue(buildArgs.BUILDKIT_INLINE_CACHE)
  const exports = isInline ? [...cacheTo, { type: 'inline', attributes: {} }] : cacheTo
  if (!builder.hasContainerdStore && exports.some(({ type }) => type !== 'inline')) {
    throw notSupported('Cache export', 'build-cache-backends')
  }
  exports.forEach((entry) => check(entry, 'exporter', 'dest'))
  cacheFrom.forEach((entry) => check(entry, 'importer', 'src'))
  return { imports: cacheFrom, exports }
}

/** The attribute that tells a frontend of caches to use; none where there are none. */
export function cacheAttributes({ imports }: Caches): Record<string, string> {
  if (imports.length === 0) return {}
  return {
    'cache-imports': JSON.stringify(imports.map(({ type, attributes }) => ({ Type: type, Attrs: attributes }))),
  }
}

function check({ type, attributes }: CacheEntry, role: string, place: string): void {
  if (type === 'registry' && !attributes.ref) throw new Error(`registry cache ${role} requires ref`)
  if (type === 'local' && !attributes[place]) throw new Error(`local cache ${role} requires ${place}`)
}
