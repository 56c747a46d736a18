import fs from 'node:fs'
import { toFs, toText, type BytePath } from '../../archive/bytes.ts'
import { pathError } from '../../errors/os-error.ts'
import { readDirectory } from '../../runtime/directory.ts'
import type { StatInit } from '../proto/filesync.ts'
import type { FolderMatches, TreeFilter } from './tree-filter.ts'

/**
 * What is in a folder and wanted, each folder before what is in it, in the order of the names' bytes: as fsutil sends it, all of it
 * root's. What is gone by the time it is looked at is left out; what cannot be read throws with its name (fsutil Walk, mkstat).
 */
export function* walkTree(root: BytePath, filter: TreeFilter): Generator<StatInit, void, undefined> {
  const describe = describer(root)
  const open: Folder[] = [{ path: '', entries: entriesOf(root, true), matches: undefined, stat: undefined }]
  for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
    const entry = folder.entries.pop()
    if (entry === undefined) {
      open.pop()
      continue
    }
    const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`
    const { wanted, enter, matches } = filter(path, folder.matches)
    const entered = entry.isDirectory && enter
    const stat = wanted || entered ? describe(path, wanted) : undefined
    if (stat === undefined) continue
    if (wanted) yield* withFolders(open, stat)
    if (!entered) continue
    const entries = entriesOf(`${root}/${path}`, wanted)
    open.push({ path, entries, matches, stat: wanted ? undefined : stat })
  }
}

interface Entry {
  readonly name: BytePath
  readonly isDirectory: boolean
}

interface Folder {
  readonly path: BytePath
  /** Those still to come, the next one last. */
  readonly entries: Entry[]
  readonly matches: FolderMatches
  /** Where it is not wanted itself: what is sent of it before the first thing in it that is. */
  stat: StatInit | undefined
}

function* withFolders(open: readonly Folder[], stat: StatInit): Generator<StatInit, void, undefined> {
  for (const folder of open) {
    if (folder.stat === undefined) continue
    yield folder.stat
    folder.stat = undefined
  }
  yield stat
}

function entriesOf(folder: BytePath, wanted: boolean): Entry[] {
  try {
    const named = readDirectory(toFs(folder)).map((entry) => ({
      name: entry.name.toString('latin1'),
      isDirectory: entry.isDirectory(),
    }))
    return named.sort((a, b) => (a.name < b.name ? 1 : -1))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (GONE.includes(code) || (!wanted && code === 'EACCES')) return []
    throw pathError('open', toText(folder), error)
  }
}

/** Describes what is at a path, undefined for nothing; files with several names are told apart by `asFirst`, those that are sent. */
function describer(root: BytePath): (path: BytePath, asFirst: boolean) => StatInit | undefined {
  const seen = new Map<string, BytePath>()
  return (path, asFirst) => {
    const place = toFs(`${root}/${path}`)
    try {
      const stat = fs.lstatSync(place, { bigint: true })
      const isLink = stat.isSymbolicLink()
      let linkname = isLink ? fs.readlinkSync(place, { encoding: 'buffer' }).toString('latin1') : ''
      if (!isLink && asFirst && stat.nlink > 1n && !stat.isDirectory()) {
        const identity = `${stat.dev} ${stat.ino}`
        linkname = seen.get(identity) ?? ''
        if (linkname === '') seen.set(identity, path)
      }
      return {
        path,
        mode: goMode(Number(stat.mode)),
        ...sizeOf(stat),
        modTime: stat.mtimeNs,
        linkname,
        ...device(stat),
      }
    } catch (error) {
      if (GONE.includes((error as NodeJS.ErrnoException).code)) return undefined
      throw pathError('lstat', toText(`${root}/${path}`), error)
    }
  }
}

function sizeOf(stat: fs.BigIntStats): { size?: number } {
  return stat.isDirectory() ? {} : { size: Number(stat.size) }
}

// Linux's own parting of a device's number, of its lower 32 bits (fsutil major, minor).
function device(stat: fs.BigIntStats): { devmajor?: number; devminor?: number } {
  if (!stat.isBlockDevice() && !stat.isCharacterDevice()) return {}
  return {
    devmajor: Number((stat.rdev >> 8n) & 0xfffn),
    devminor: Number((stat.rdev & 0xffn) | ((stat.rdev >> 12n) & 0xfff00n)),
  }
}

/** A mode as Go's os.FileMode has it; sockets go as files, empty ones. */
function goMode(mode: number): number {
  const type = TYPES.get(mode & S_IFMT) ?? 0
  const more = [
    [0o4000, 1 << 23],
    [0o2000, 1 << 22],
    [0o1000, 1 << 20],
  ].reduce((bits, [unix = 0, go = 0]) => ((mode & unix) === 0 ? bits : bits | go), 0)
  return ((mode & 0o777) | type | more) >>> 0
}

const GONE: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR']
const S_IFMT = 0o170000
const DEVICE = 1 << 26
const TYPES = new Map([
  [0o040000, 1 << 31],
  [0o120000, 1 << 27],
  [0o060000, DEVICE],
  [0o020000, DEVICE | (1 << 21)],
  [0o010000, 1 << 25],
])
