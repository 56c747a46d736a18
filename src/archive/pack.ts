import fs from 'node:fs'
import { osReason, pathError } from '../errors/os-error.ts'
import type { IgnoreMatcher, PatternMatches } from '../parse/dockerignore.ts'
import { type BytePath, toBytes, toFs, toText } from './bytes.ts'
import { endsInSlash, splitEntry } from './paths.ts'
import { BLOCK, encodeHeader, END, type NewEntry, padding } from './tar-writer.ts'

export interface PackOptions {
  /** The name that the resource itself gets instead of its own. */
  readonly rebaseName?: string
  /** Only what is in the directory, named from there. */
  readonly contentsOnly?: boolean
  /** Applied to every name, and to the targets of hard links. */
  readonly rename?: (name: BytePath) => BytePath
  /** What stays out, by its name in the archive; of a folder that stays out, all but what is taken back in. */
  readonly excludes?: IgnoreMatcher
  /** Who owns all of it in the archive, in place of who does. */
  readonly owner?: { readonly uid: number; readonly gid: number }
  /** Called with what cannot be archived and is skipped; `lost` where something should have been. */
  readonly onSkip: (message: string, lost: boolean) => void
}

/**
 * An archive of a file or of a directory and all that is in it, in the order of the names' bytes, in pieces that are
 * overwritten when the next one is asked for. Links stay links, files that are linked to one another stay so. What cannot be
 * read is left out, and told of (moby go-archive TarResourceRebase).
 */
export async function* packResource(source: string, options: PackOptions): AsyncGenerator<Uint8Array, void, undefined> {
  yield* new Packer(options).pieces(toBytes(source))
}

interface Place {
  readonly path: BytePath
  readonly name: BytePath
  /** The patterns that match the folder it is in. */
  readonly above?: PatternMatches | undefined
}

// Everything is read synchronously: for small files, an asynchronous call costs several times what the file does. Between
// pieces the program is free.
class Packer {
  readonly #options: PackOptions
  readonly #buffer = Buffer.allocUnsafeSlow(PIECE)
  readonly #block = Buffer.alloc(BLOCK)
  #filled = 0
  /** The name in the archive of each file that has several. */
  readonly #seen = new Map<string, BytePath>()

  constructor(options: PackOptions) {
    this.#options = options
  }

  *pieces(source: BytePath): Generator<Uint8Array, void, undefined> {
    const { directory, base } = splitEntry(source)
    // A list instead of recursion: trees may be deeper than any stack. The next place is the last.
    const root: Place = { path: join(directory, base), name: rootName(base, this.#options.rebaseName ?? '') }
    const todo = this.#options.contentsOnly === true ? inside({ ...root, name: '' }) : [root]
    for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
      try {
        const { ignored, matches, within } = this.#excluded(place)
        if (ignored && !within) continue
        const stat = fs.lstatSync(toFs(place.path), { bigint: true })
        if (!ignored) {
          const entry = this.#describe(place, stat)
          if (entry.size > 0) yield* this.#file(place, entry)
          else yield* this.#take(encodeHeader(entry, this.#block))
        }
        if (stat.isDirectory()) todo.push(...inside(place, matches))
      } catch (error) {
        this.#skip(place, error)
      }
    }
    yield* this.#take(END)
    if (this.#filled > 0) yield this.#buffer.subarray(0, this.#filled)
  }

  #excluded({ name, above }: Place): { ignored: boolean; matches?: PatternMatches; within?: boolean } {
    const { excludes } = this.#options
    if (excludes === undefined) return { ignored: false }
    const text = toText(name)
    const { ignored, matches } = excludes.walk(text, above)
    return { ignored, matches, within: ignored && excludes.mayTakeBack(text) }
  }

  *#take(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + PIECE - this.#filled)
      this.#buffer.set(part, this.#filled)
      at += part.length
      yield* this.#advance(part.length)
    }
  }

  *#advance(size: number): Generator<Uint8Array, void, undefined> {
    this.#filled += size
    if (this.#filled < PIECE) return
    yield this.#buffer
    this.#filled = 0
  }

  // What the header promises has to come, whatever happens to the file meanwhile.
  *#file(place: Place, entry: NewEntry): Generator<Uint8Array, void, undefined> {
    const fd = fs.openSync(toFs(place.path), READ)
    try {
      yield* this.#take(encodeHeader(entry, this.#block))
      let left = entry.size
      while (left > 0) {
        // One byte more than is left tells of a file that has grown.
        const read = this.#read(place, fd, Math.min(left + 1, PIECE - this.#filled))
        if (read === 0) break
        if (read > left) this.#tell(place, 'archive/tar: write too long', false)
        const size = Math.min(read, left)
        left -= size
        yield* this.#advance(size)
      }
      if (left > 0) this.#tell(place, `archive/tar: missed writing ${left} bytes`, true)
      for (left += padding(entry.size); left > 0; left -= ZEROS.length) yield* this.#take(ZEROS.subarray(0, left))
    } finally {
      fs.closeSync(fd)
    }
  }

  #read(place: Place, fd: number, size: number): number {
    try {
      return fs.readSync(fd, this.#buffer, this.#filled, size, null)
    } catch (error) {
      this.#tell(place, pathError('read', toText(place.path), error).message, true)
      return 0
    }
  }

  // A name that has vanished since its directory was read was never there, for all that it matters.
  #skip(place: Place, error: unknown): void {
    const { syscall, code } = error as NodeJS.ErrnoException
    if (syscall === undefined) this.#tell(place, osReason(error), false)
    else this.#tell(place, pathError(syscall, toText(place.path), error).message, code !== 'ENOENT')
  }

  #tell({ path }: Place, why: string, lost: boolean): void {
    this.#options.onSkip(`Can't add file ${toText(path)} to tar: ${why}`, lost)
  }

  #describe({ path, name }: Place, stat: fs.BigIntStats): NewEntry {
    const rename = this.#options.rename ?? ((same: BytePath) => same)
    const full = stat.isDirectory() && !endsInSlash(name) ? `${name}/` : name
    const first = this.#firstName(full, stat)
    const linkName = first === undefined ? (stat.isSymbolicLink() ? readLink(path) : undefined) : rename(first)
    return {
      name: rename(full),
      type: first === undefined ? typeOf(stat) : '1',
      mode: Number(stat.mode & 0o7777n),
      uid: this.#options.owner?.uid ?? Number(stat.uid),
      gid: this.#options.owner?.gid ?? Number(stat.gid),
      size: stat.isFile() && first === undefined ? Number(stat.size) : 0,
      modified: Number(BigInt.asIntN(64, stat.mtimeNs - mod(stat.mtimeNs, SECOND)) / SECOND),
      ...(linkName === undefined ? {} : { linkName }),
      ...(stat.isBlockDevice() || stat.isCharacterDevice() ? deviceNumbers(stat.rdev) : {}),
    }
  }

  /** The name under which the same file is in the archive already. */
  #firstName(name: BytePath, stat: fs.BigIntStats): BytePath | undefined {
    if (stat.isDirectory() || stat.nlink < 2n) return undefined
    const identity = `${stat.dev} ${stat.ino}`
    const first = this.#seen.get(identity)
    if (first === undefined) this.#seen.set(identity, name)
    return first
  }
}

/** What is in a directory, the first last. */
function inside(place: Place, above?: PatternMatches): Place[] {
  const names = fs.readdirSync(toFs(place.path), { encoding: 'buffer' }).map((name) => name.toString('latin1'))
  const sorted = names.toSorted().toReversed()
  return sorted.map((name) => ({ path: join(place.path, name), name: join(place.name, name), above }))
}

function typeOf(stat: fs.BigIntStats): string {
  if (stat.isFile()) return '0'
  if (stat.isDirectory()) return '5'
  if (stat.isSymbolicLink()) return '2'
  if (stat.isFIFO()) return '6'
  if (stat.isBlockDevice()) return '4'
  if (stat.isCharacterDevice()) return '3'
  throw new Error('archive/tar: sockets not supported')
}

function readLink(path: BytePath): BytePath {
  return fs.readlinkSync(toFs(path), { encoding: 'buffer' }).toString('latin1')
}

// How Linux parts a device's number (glibc's sysmacros).
function deviceNumbers(rdev: bigint): { deviceMajor: number; deviceMinor: number } {
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n)
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)
  return { deviceMajor: Number(major), deviceMinor: Number(minor) }
}

function mod(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by
}

/** The archive's name for the resource: what was asked for, its own, or none for the root of all. */
function rootName(base: BytePath, rebaseName: string): BytePath {
  if (rebaseName === '') return base === '/' ? '.' : base
  return rebaseName === '/' ? '' : toBytes(rebaseName)
}

function join(directory: BytePath, name: BytePath): BytePath {
  return directory === '' || endsInSlash(directory) ? directory + name : `${directory}/${name}`
}

const SECOND = 1_000_000_000n
const PIECE = 256 * 1024
const ZEROS = Buffer.alloc(64 * 1024)
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants
// It may be something else by now: a pipe, which would be waited for, or a link to what nobody asked for.
const READ = O_RDONLY | O_NOFOLLOW | O_NONBLOCK
