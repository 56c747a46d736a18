import fs from 'node:fs'
import path from 'node:path'
import { osReason, pathError } from '../errors/os-error.ts'
import { quote } from '../go/quote.ts'
import { readDirectory } from '../runtime/directory.ts'
import { toBytes, toFs } from './bytes.ts'
import {
  baseName,
  clean,
  type CopyInfo,
  directoryName,
  endsInSlash,
  keepTrailing,
  rebased,
  splitEntry,
} from './paths.ts'

/** A path as absolute and clean, its trailing `/` or `/.` kept. Throws as `getwd` does for a relative one. */
export function absolute(getwd: () => string, name: string): string {
  const whole = path.posix.isAbsolute(name) ? name : `${getwd()}/${name}`
  return keepTrailing(clean(whole), name)
}

/**
 * What is to be copied from here: links in the directories of `source` are followed, the last name's only with
 * `followLink`. Throws where there is nothing (moby go-archive CopyInfoSourcePath).
 */
export function sourceInfo(source: string, followLink: boolean): CopyInfo {
  const { path: found, rebaseName } = followLink ? rebased(source, followLinks(source)) : besideLinks(source)
  return { path: found, exists: true, isDirectory: lstat(found).isDirectory(), rebaseName }
}

/**
 * Where something is copied to here: links are followed to the end, and the end of a link may be missing. Throws where the
 * directory around it is (moby go-archive CopyInfoDestinationPath).
 */
export function destinationInfo(destination: string): CopyInfo {
  let here = destination
  let stat = lstatIfAny(here)
  for (let links = 0; stat?.isSymbolicLink() === true; links++) {
    if (links > MAX_LINKS) throw new Error(`too many symlinks in ${destination}`)
    const target = fs.readlinkSync(here)
    here = path.posix.isAbsolute(target) ? target : clean(`${splitEntry(here).directory}/${target}`)
    stat = lstatIfAny(here)
  }
  if (stat === undefined) requireDirectory(splitEntry(here).directory)
  return { path: here, exists: stat !== undefined, isDirectory: stat?.isDirectory() === true, rebaseName: '' }
}

/** The size of all content of files at a path (docker/cli container/cp.go localContentSize). */
export function contentSize(name: string): number {
  const stat = lstat(name)
  if (!stat.isDirectory()) return stat.isFile() ? stat.size : 0
  let total = 0
  for (const todo = [toBytes(name)]; todo.length > 0;) {
    const directory = todo.pop() as string
    for (const entry of readDirectory(toFs(directory))) {
      const inside = `${directory}/${entry.name.toString('latin1')}`
      if (entry.isDirectory()) todo.push(inside)
      else if (entry.isFile()) total += fs.lstatSync(toFs(inside)).size
    }
  }
  return total
}

// The name that was asked for, where links led a path with a slash at its end to another (ResolveHostSourcePath).
function besideLinks(source: string): { path: string; rebaseName: string } {
  const slash = source.lastIndexOf('/')
  const found = `${followLinks(source.slice(0, slash + 1))}/${source.slice(slash + 1)}`
  const isRenamed = endsInSlash(source) && baseName(source) !== baseName(found)
  return { path: found, rebaseName: isRenamed ? baseName(source) : '' }
}

/** An absolute path with every link followed, step by step: the error names what is missing where links led (Go's EvalSymlinks). */
export function followLinks(name: string): string {
  const todo = name.split('/')
  let here = '/'
  let links = 0
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      here = directoryName(here)
      continue
    }
    const next = here === '/' ? `/${part}` : `${here}/${part}`
    const stat = lstat(next)
    if (stat.isSymbolicLink()) {
      if (++links > MAX_LINKS_FOLLOWED) throw new Error('EvalSymlinks: too many links')
      const target = fs.readlinkSync(next)
      if (path.posix.isAbsolute(target)) here = '/'
      todo.unshift(...target.split('/'))
    } else {
      if (!stat.isDirectory() && todo.length > 0) throw new Error('not a directory')
      here = next
    }
  }
  return here
}

function requireDirectory(name: string): void {
  let stat
  try {
    stat = fs.statSync(name)
  } catch (error) {
    throw pathError('stat', name, error)
  }
  if (!stat.isDirectory()) throw new Error('not a directory')
}

function lstat(name: string): fs.Stats {
  try {
    return fs.lstatSync(name)
  } catch (error) {
    throw pathError('lstat', name, error)
  }
}

function lstatIfAny(name: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(`lstat ${name}: ${osReason(error)}`, { cause: error })
  }
}

/** Throws unless the directory around it exists, and what is there, if anything, is a directory or a file (docker/cli command ValidateOutputPath). */
export function checkOutputPath(name: string): void {
  const directory = directoryName(clean(name))
  if (directory !== '.' && !fs.existsSync(directory)) {
    throw new Error(`invalid output path: directory ${quote(directory)} does not exist`)
  }
  const stat = statIfAny(name)
  if (stat?.isCharacterDevice() !== true && stat?.isBlockDevice() !== true) return
  throw new Error(`invalid output path: ${quote(name)} must be a directory or a regular file: got a device`)
}

function statIfAny(name: string): fs.Stats | undefined {
  try {
    return fs.statSync(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw pathError('stat', name, error)
  }
}

const MAX_LINKS = 10
const MAX_LINKS_FOLLOWED = 255
