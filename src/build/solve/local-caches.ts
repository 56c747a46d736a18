import fs from 'node:fs'
import { messageOf } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { parseBool } from '../../go/bool.ts'
import { fromFolder } from '../../go/path.ts'
import type { CacheEntry } from '../flags/cache.ts'
import { ContentFolder } from '../session/content-folder.ts'
import type { Caches } from './caches.ts'
import { type Descriptor, findTag, putManifest } from './layout-index.ts'
import type { ExporterResponse } from './metadata.ts'

/** Caches in folders of this side, and what the session serves for them. */
export interface LocalCaches {
  readonly caches: Caches
  readonly content: ReadonlyMap<string, ContentFolder>
  /** Names the caches that were written; told what the exporters say. */
  readonly finish: (response: ExporterResponse) => void
}

/**
 * Opens the caches that are folders: those that are read get the digest that their tag has, and are left out with a warning where
 * that is not there; folders to write to are made (buildkit client/solve.go parseCacheOptions).
 */
export function openLocalCaches(
  { imports, exports }: Caches,
  { cwd, warn }: { cwd: string; warn: (text: string) => void },
): LocalCaches {
  const content = new Map<string, ContentFolder>()
  const used = imports.flatMap((entry) => {
    if (entry.type !== 'local') return [entry]
    const found = openImport(entry, cwd, warn)
    if (found !== undefined) content.set(`local:${entry.attributes.src}`, new ContentFolder(placeOf(entry, 'src', cwd)))
    return found ?? []
  })
  const written = exports.filter(({ type }) => type === 'local')
  for (const entry of written) {
    makeFolder(placeOf(entry, 'dest', cwd), entry)
    content.set(`local:${entry.attributes.dest}`, new ContentFolder(placeOf(entry, 'dest', cwd)))
  }
  return {
    caches: { imports: used, exports },
    content,
    finish: ({ 'cache.manifest': text = '' }) => {
      if (text === '') return
      const manifest = JSON.parse(text) as Descriptor
      for (const entry of written) {
        putManifest(placeOf(entry, 'dest', cwd), manifest, { tag: entry.attributes.tag ?? 'latest' })
      }
    },
  }
}

function openImport(entry: CacheEntry, cwd: string, warn: (text: string) => void): CacheEntry | undefined {
  const { src = '', tag = 'latest', digest } = entry.attributes
  const place = placeOf(entry, 'src', cwd)
  const skipped = (reason: string): undefined => {
    warn(`local cache import at ${src} skipped: ${reason}`)
    return undefined
  }
  try {
    const wanted = digest || findTag(place, tag)?.digest
    if (wanted === undefined) return skipped(`no digest found for tag ${tag}`)
    if (!new ContentFolder(place).has(wanted)) return skipped(`digest ${wanted} unavailable`)
    return { ...entry, attributes: { ...entry.attributes, digest: wanted } }
  } catch (error) {
    return skipped(messageOf(error))
  }
}

function makeFolder(place: string, { attributes }: CacheEntry): void {
  if (attributes.reset !== undefined && parseBool(attributes.reset)) {
    throw new Error('local cache exporter: reset is not known here; remove the folder before')
  }
  try {
    fs.mkdirSync(place, { recursive: true })
  } catch (error) {
    throw pathError('mkdir', attributes.dest ?? '', error)
  }
}

function placeOf({ attributes }: CacheEntry, name: 'src' | 'dest', cwd: string): string {
  return fromFolder(cwd, attributes[name] ?? '')
}
