import path from 'node:path'
import { type BytePath, toBytes } from './bytes.ts'

/** One end of a copy: what is at a path, where something is. */
export interface CopyInfo {
  readonly path: string
  readonly exists: boolean
  readonly isDirectory: boolean
  /** The name of the resource in the archive, where links made its path end in another. */
  readonly rebaseName: string
}

/** Where an archive is unpacked, and what its entries are renamed by. */
export interface CopyPlan {
  readonly directory: string
  readonly rename: (name: BytePath) => BytePath
}

/**
 * Decides how an archive of `source` gets the name that `destination` asks for: unpacked into the directory that is there,
 * or beside it with its first name changed. The rules about what may replace what are the reference's, and so are the errors
 * (moby go-archive PrepareArchiveCopy).
 */
export function planCopy(source: CopyInfo, destination: CopyInfo): CopyPlan {
  if (destination.exists && destination.isDirectory) return { directory: destination.path, rename: (name) => name }
  if (destination.exists && source.isDirectory) throw new Error('cannot copy directory')
  if (!destination.exists && !source.isDirectory && assertsDirectory(destination.path)) {
    throw new Error('no such directory')
  }
  const { directory, base } = splitEntry(destination.path)
  const from = source.rebaseName || splitEntry(source.path).base
  return { directory, rename: renamer(from, base) }
}

/** Renames entries whose first names are `from`; `/` as `from` stands for the archive's root (moby go-archive newNameRebaser). */
export function renamer(from: string, to: string): (name: BytePath) => BytePath {
  const before = toBytes(from).replace(/\/+$/, '')
  const after = toBytes(to).replace(/\/+$/, '')
  if (before === '') {
    return (name) => {
      const bare = name.replace(/^\/+/, '')
      return after === '' ? bare : `${after}/${bare}`
    }
  }
  return (name) => (name === before || name.startsWith(`${before}/`) ? after + name.slice(before.length) : name)
}

/** A path without `.`, `..` and doubled slashes where that can be told from the path alone (Go's filepath.Clean). */
export function clean(name: string): string {
  const normal = path.posix.normalize(name)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

/** The last name of a path, `.` for an empty one and `/` for slashes only (Go's filepath.Base). */
export function baseName(name: string): string {
  if (name === '') return '.'
  const bare = name.replace(/\/+$/, '')
  return bare === '' ? '/' : bare.slice(bare.lastIndexOf('/') + 1)
}

/** The cleaned path of the directory that holds the last name (Go's filepath.Dir). */
export function directoryName(name: string): string {
  return clean(name.slice(0, name.lastIndexOf('/') + 1) || '.')
}

/** A path's directory and last name, after cleaning, but for a last `.` (moby go-archive SplitPathDirEntry). */
export function splitEntry(name: string): { directory: string; base: string } {
  const cleaned = clean(name) + (saysCurrent(name) ? '/.' : '')
  return { directory: directoryName(cleaned), base: baseName(cleaned) }
}

/** Puts back the `/` or `/.` at the end of `original` that cleaning took: they say something. */
export function keepTrailing(cleaned: string, original: string): string {
  let kept = cleaned
  if (!saysCurrent(kept) && saysCurrent(original)) kept += endsInSlash(kept) ? '.' : '/.'
  if (!endsInSlash(kept) && endsInSlash(original)) kept += '/'
  return kept
}

/** The path that links led to, with the trailing `/` or `/.` of what was asked for, and the name that was asked for (moby go-archive GetRebaseName). */
export function rebased(asked: string, resolved: string): { path: string; rebaseName: string } {
  let found = resolved
  if (saysCurrent(asked) && !saysCurrent(found)) found += '/.'
  if (endsInSlash(asked) && !endsInSlash(found)) found += '/'
  return { path: found, rebaseName: baseName(asked) === baseName(found) ? '' : baseName(asked) }
}

export function endsInSlash(name: string): boolean {
  return name.endsWith('/')
}

function saysCurrent(name: string): boolean {
  return baseName(name) === '.'
}

function assertsDirectory(name: string): boolean {
  return endsInSlash(name) || saysCurrent(name)
}
