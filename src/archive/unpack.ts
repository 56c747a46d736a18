import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { osReason, pathError } from '../errors/os-error.ts'
import { quote } from '../go/quote.ts'
import { type BytePath, toFs, toText } from './bytes.ts'
import { NewFile, temporaryName } from './new-file.ts'
import { clean } from './paths.ts'
import { call, type Place, Root } from './root.ts'
import { type TarEntry, TarReader, type TarSink } from './tar-reader.ts'

/** Hands all chunks of an archive to a sink and resolves at its end. */
export type Pump = (sink: (chunk: Uint8Array) => void) => Promise<void>

export interface UnpackOptions {
  /** Applied to every name, and to the targets of hard links. */
  readonly rename?: (name: BytePath) => BytePath
  /** Whether a directory and something else may replace one another; where they may not, it is an error. */
  readonly replace?: boolean
  /** Whether directories are held by descriptors; by itself, where the system can. */
  readonly held?: boolean
}

/**
 * Unpacks an archive into a directory that exists, every entry renamed by `rename`, owned by the caller. Nothing is
 * written outside the directory, whatever names and links the archive has and whatever others change there meanwhile. A
 * directory and something else never replace one another. Throws where the archive is broken or cut short; what was
 * unpacked before stays, but no part of a file (moby go-archive Unpack).
 */
export async function unpack(pump: Pump, directory: BytePath, options: UnpackOptions = {}): Promise<void> {
  const unpacker = new Unpacker(directory, options)
  const reader = new TarReader(unpacker)
  try {
    await pump((chunk) => {
      unpacker.lookAgain()
      reader.write(chunk)
    })
    reader.finish()
    unpacker.finish()
  } finally {
    unpacker.release()
  }
}

/** Puts the entries of an archive into a directory, as `unpack` does; `finish` comes last, and `release` whatever happens. */
export class Unpacker implements TarSink {
  readonly #root: Root
  readonly #directory: BytePath
  readonly #rename: (name: BytePath) => BytePath
  readonly #replace: boolean
  /** Directories get their times last: what is unpacked into them changes those. */
  readonly #directories: { path: BytePath; times: Times }[] = []
  #pending: { place: Place; entry: TarEntry } | undefined
  #file: NewFile | undefined
  /** Whether something was under the last file's name. */
  #replaces = false

  constructor(directory: BytePath, { rename = (name) => name, replace = false, held }: UnpackOptions) {
    this.#directory = clean(directory)
    this.#root = new Root(this.#directory, held)
    this.#rename = rename
    this.#replace = replace
  }

  entry(raw: TarEntry): void {
    if (raw.type === GLOBAL) return
    const linkName = raw.type === HARD_LINK ? this.#rename(raw.linkName) : raw.linkName
    const name = clean(this.#rename(raw.name).replace(/^\/+/, ''))
    const entry = { ...raw, name, linkName }
    if (name === '.') return
    if (climbs(name)) throw new Error(`invalid entry name ${quote(toText(raw.name))}`)
    const place = this.#root.place(name)
    if (entry.type === FILE) this.#pending = { place, entry }
    else if (entry.type === DIRECTORY) this.#makeDirectory(place, entry)
    else {
      if (this.#isThere(place, entry)) this.#remove(place)
      this.#create(place, entry)
    }
  }

  data(chunk: Uint8Array): void {
    if (this.#pending === undefined) return
    const { place, entry } = this.#pending
    this.#file ??= this.#open(place, entry, chunk.length === entry.size)
    try {
      this.#file.write(chunk)
    } catch (error) {
      throw pathError('write', toText(this.#root.at(place.path)), error)
    }
  }

  close(): void {
    if (this.#pending === undefined) return
    const { place, entry } = this.#pending
    const file = (this.#file ??= this.#open(place, entry, true))
    call('renameat', place.path, () => file.commit(entry.mode, timesOf(entry)))
    this.#file = undefined
    this.#pending = undefined
  }

  /** To be called whenever others have had time to change something. */
  lookAgain(): void {
    this.#root.lookAgain()
  }

  finish(): void {
    this.lookAgain()
    for (const { path, times } of this.#directories) {
      const { folder, base } = this.#root.place(path)
      call('chtimesat', path, () => folder.mark(base, { times }))
    }
  }

  release(): void {
    this.#file?.discard()
    this.#root.close()
  }

  // What is there gives way, but for a directory that the archive has as a directory too.
  #isThere(place: Place, entry: TarEntry): boolean {
    return this.#there(place, entry) !== undefined
  }

  #there({ folder, base, path }: Place, { name, type }: TarEntry): fs.Stats | undefined {
    const there = call('lstatat', path, () => folder.lstat(base))
    if (there === undefined || there.isDirectory() === (type === DIRECTORY)) return there
    if (this.#replace) {
      call('unlinkat', path, () => fs.rmSync(folder.at(base), { recursive: true, force: true }))
      return undefined
    }
    const [what, by] = there.isDirectory() ? ['directory', 'non-directory'] : ['non-directory', 'directory']
    throw new Error(`cannot overwrite ${what} ${quote(toText(name))} with ${by} ${quote(toText(this.#directory))}`)
  }

  #remove({ folder, base, path }: Place): void {
    call('unlinkat', path, () => fs.unlinkSync(folder.at(base)))
    this.lookAgain()
  }

  // An attempt at a name that is taken costs more than a look, and a look more than an attempt that succeeds: what became of
  // the last name says which to begin with.
  #open(place: Place, entry: TarEntry, whole: boolean): NewFile {
    const first = whole && !this.#replaces ? this.#openAtOnce(place) : undefined
    if (first !== undefined) return first
    const there = this.#there(place, entry)
    this.#replaces = there !== undefined
    const file = whole && there === undefined ? this.#openAtOnce(place) : undefined
    if (file !== undefined) return file
    // Names may have led through a link that gives way.
    if (there?.isFile() !== true) this.lookAgain()
    return call('openat', place.path, () => NewFile.beside(place))
  }

  #openAtOnce(place: Place): NewFile | undefined {
    return call('openat', place.path, () => NewFile.atOnce(place))
  }

  #makeDirectory(place: Place, entry: TarEntry): void {
    const { folder, base, path } = place
    const { mode } = entry
    if (!this.#isThere(place, entry)) call('mkdirat', path, () => fs.mkdirSync(folder.at(base), mode & 0o777))
    call('chmodat', path, () => folder.mark(base, { mode }))
    this.#directories.push({ path, times: timesOf(entry) })
  }

  #create(place: Place, entry: TarEntry): void {
    const { folder, base, path } = place
    const at = folder.at(base)
    if (entry.type === SYMBOLIC_LINK) {
      call('symlinkat', path, () => fs.symlinkSync(toFs(entry.linkName), at))
      call('chtimesat', path, () => fs.lutimesSync(at, ...timesOf(entry)))
      this.lookAgain()
    } else if (entry.type === HARD_LINK) this.#link(place, entry)
    else if (entry.type in DEVICES) makeDevice(place, entry)
    else throw new Error(`unhandled tar header type ${entry.type.charCodeAt(0)}`)
  }

  #link({ folder, base, path }: Place, entry: TarEntry): void {
    const bare = clean(entry.linkName.replace(/^\/+/, ''))
    if (bare === '.' || climbs(bare)) throw new Error(`invalid hardlink target ${quote(toText(entry.linkName))}`)
    this.#root.beside(bare, (target) =>
      call(`linkat ${toText(target.path)}`, path, () => fs.linkSync(target.folder.at(target.base), folder.at(base))),
    )
    call('chmodat', path, () => folder.mark(base, { mode: entry.mode, times: timesOf(entry) }))
    this.lookAgain()
  }
}

// Node cannot make pipes and devices itself. They get their names last, which a command line might not take.
function makeDevice({ folder, base, path }: Place, entry: TarEntry): void {
  const { type, mode, deviceMajor, deviceMinor, name } = entry
  if (![deviceMajor, deviceMinor].every((number) => number >= 0 && number <= 0xffffffff)) {
    throw new Error(
      `device number ${deviceMajor}:${deviceMinor} for ${quote(toText(name))} out of range: invalid archive`,
    )
  }
  const numbers = type === PIPE ? [] : [String(deviceMajor), String(deviceMinor)]
  const temporary = temporaryName()
  const { path: directory, stdio } = folder.forChild(3)
  const args = [
    '-m',
    (mode & 0o7777).toString(8),
    `${toText(directory)}/${temporary}`,
    DEVICES[type] as string,
    ...numbers,
  ]
  const { status, stderr, error } = spawnSync('mknod', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe', stdio],
  })
  if (error !== undefined) throw new Error(`mknodat ${toText(path)}: ${osReason(error)}`)
  if (status !== 0) throw new Error(`mknodat ${toText(path)}: ${stderr.trim().replace(/^.*: /, '').toLowerCase()}`)
  try {
    call('chmodat', path, () => folder.mark(temporary, { mode, times: timesOf(entry) }))
    call('renameat', path, () => fs.renameSync(folder.at(temporary), folder.at(base)))
  } finally {
    fs.rmSync(folder.at(temporary), { force: true })
  }
}

function climbs(name: BytePath): boolean {
  return name === '..' || name.startsWith('../')
}

type Times = readonly [accessed: number, modified: number]

function timesOf({ accessed = 0, modified }: TarEntry): Times {
  return [bounded(Math.max(accessed, modified)), bounded(modified)]
}

// Times that the system might not know count as its first (go-archive boundTime).
function bounded(seconds: number): number {
  return seconds < 0 || seconds > LAST_TIME ? 0 : seconds
}

const FILE = '0'
const HARD_LINK = '1'
const SYMBOLIC_LINK = '2'
const DIRECTORY = '5'
const PIPE = '6'
const GLOBAL = 'g'
const DEVICES: Record<string, string> = { '3': 'c', '4': 'b', '6': 'p' }
/** Go's last, in nanoseconds of 63 bits. */
const LAST_TIME = 2 ** 63 / 1e9
