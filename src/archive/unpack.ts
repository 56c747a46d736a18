import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { osReason, pathError } from '../errors/os-error.ts'
import { quote } from '../go/quote.ts'
import { Root } from './root.ts'
import { type BytePath, toFs, toText } from './bytes.ts'
import { clean } from './paths.ts'
import { type TarEntry, TarReader, type TarSink } from './tar-reader.ts'

/** Hands all chunks of an archive to a sink and resolves at its end. */
export type Pump = (sink: (chunk: Uint8Array) => void) => Promise<void>

/**
 * Unpacks an archive into a directory that exists, every entry renamed by `rename`, owned by whoever runs this. Nothing is
 * written outside the directory, whatever names and links the archive has. A directory and something else never replace
 * one another. Throws where the archive is broken or cut short; what was unpacked before stays (moby go-archive Unpack).
 */
export async function unpack(
  pump: Pump,
  directory: BytePath,
  rename: (name: BytePath) => BytePath = (name) => name,
): Promise<void> {
  const unpacker = new Unpacker(directory, rename)
  const reader = new TarReader(unpacker)
  try {
    await pump((chunk) => reader.write(chunk))
    reader.finish()
    unpacker.finish()
  } finally {
    unpacker.release()
  }
}

class Unpacker implements TarSink {
  readonly #root: Root
  readonly #directory: BytePath
  readonly #rename: (name: BytePath) => BytePath
  /** Directories get their times last: what is unpacked into them changes those. */
  readonly #directories: { path: BytePath; entry: TarEntry }[] = []
  #file: { fd: number; path: BytePath; entry: TarEntry } | undefined

  constructor(directory: BytePath, rename: (name: BytePath) => BytePath) {
    this.#directory = clean(directory)
    this.#root = new Root(this.#directory)
    this.#rename = rename
  }

  entry(raw: TarEntry): void {
    if (raw.type === GLOBAL) return
    const linkName = raw.type === HARD_LINK ? this.#rename(raw.linkName) : raw.linkName
    const name = clean(this.#rename(raw.name).replace(/^\/+/, ''))
    const entry = { ...raw, name, linkName }
    if (name === '.') return
    if (climbs(name)) throw new Error(`invalid entry name ${quote(toText(raw.name))}`)
    const path = this.#root.resolve(name)
    this.#clear(path, entry)
    this.#root.makeParents(path)
    this.#create(path, entry)
  }

  data(chunk: Uint8Array): void {
    if (this.#file === undefined) return
    const { fd, path } = this.#file
    try {
      for (let at = 0; at < chunk.length;) at += fs.writeSync(fd, chunk, at)
    } catch (error) {
      throw pathError('write', toText(this.#root.at(path)), error)
    }
  }

  close(): void {
    if (this.#file === undefined) return
    const { fd, entry } = this.#file
    fs.fchmodSync(fd, entry.mode)
    fs.futimesSync(fd, accessTime(entry), changeTime(entry))
    this.release()
  }

  finish(): void {
    for (const { path, entry } of this.#directories) {
      fs.utimesSync(toFs(this.#root.at(path)), accessTime(entry), changeTime(entry))
    }
  }

  release(): void {
    if (this.#file !== undefined) fs.closeSync(this.#file.fd)
    this.#file = undefined
  }

  // What is there gives way, but for a directory that the archive has as a directory too.
  #clear(path: BytePath, { name, type }: TarEntry): void {
    const there = this.#root.lstat(path)
    if (there === undefined) return
    const isDirectory = type === DIRECTORY
    const names = [quote(toText(name)), quote(toText(this.#directory))]
    if (there.isDirectory() && !isDirectory) {
      throw new Error(`cannot overwrite directory ${names[0]} with non-directory ${names[1]}`)
    }
    if (!there.isDirectory() && isDirectory) {
      throw new Error(`cannot overwrite non-directory ${names[0]} with directory ${names[1]}`)
    }
    if (!isDirectory) this.#root.remove(path)
  }

  #create(path: BytePath, entry: TarEntry): void {
    const { type, mode, linkName } = entry
    const at = toFs(this.#root.at(path))
    if (type === DIRECTORY) {
      if (this.#root.lstat(path) === undefined) this.#root.call('mkdirat', path, () => fs.mkdirSync(at, mode & 0o777))
      fs.chmodSync(at, mode)
      this.#directories.push({ path, entry })
    } else if (type === FILE) {
      const fd = this.#root.call('openat', path, () => fs.openSync(at, NEW_FILE, mode & 0o777))
      this.#file = { fd, path, entry }
    } else if (type === SYMBOLIC_LINK) {
      this.#root.call('symlinkat', path, () => fs.symlinkSync(toFs(linkName), at))
      fs.lutimesSync(at, accessTime(entry), changeTime(entry))
      this.#root.forget()
    } else if (type === HARD_LINK) this.#link(path, entry)
    else if (type in DEVICES) this.#device(path, entry)
    else throw new Error(`unhandled tar header type ${type.charCodeAt(0)}`)
  }

  #link(path: BytePath, entry: TarEntry): void {
    const bare = clean(entry.linkName.replace(/^\/+/, ''))
    if (bare === '.' || climbs(bare)) throw new Error(`invalid hardlink target ${quote(toText(entry.linkName))}`)
    const target = this.#root.resolve(bare)
    const [from, to] = [toFs(this.#root.at(target)), toFs(this.#root.at(path))]
    this.#root.call('linkat', path, () => fs.linkSync(from, to))
    this.#root.forget()
    if (this.#root.lstat(target)?.isSymbolicLink() !== false) return
    fs.chmodSync(to, entry.mode)
    fs.utimesSync(to, accessTime(entry), changeTime(entry))
  }

  // Node cannot make pipes and devices itself.
  #device(path: BytePath, entry: TarEntry): void {
    const at = this.#root.at(path)
    const numbers = entry.type === PIPE ? [] : [String(entry.deviceMajor), String(entry.deviceMinor)]
    const args = ['-m', (entry.mode & 0o7777).toString(8), toText(at), DEVICES[entry.type] as string, ...numbers]
    const { status, stderr, error } = spawnSync('mknod', args, { encoding: 'utf8' })
    if (error !== undefined) throw new Error(`mknodat ${toText(path)}: ${osReason(error)}`)
    if (status !== 0) throw new Error(`mknodat ${toText(path)}: ${stderr.trim().replace(/^.*: /, '').toLowerCase()}`)
    fs.chmodSync(toFs(at), entry.mode)
    fs.utimesSync(toFs(at), accessTime(entry), changeTime(entry))
  }
}

function climbs(name: BytePath): boolean {
  return name === '..' || name.startsWith('../')
}

function changeTime({ modified }: TarEntry): number {
  return Math.max(modified, 0)
}

function accessTime({ accessed = 0, modified }: TarEntry): number {
  return Math.max(accessed, modified, 0)
}

const FILE = '0'
const HARD_LINK = '1'
const SYMBOLIC_LINK = '2'
const DIRECTORY = '5'
const PIPE = '6'
const GLOBAL = 'g'
const DEVICES: Record<string, string> = { '3': 'c', '4': 'b', '6': 'p' }
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = fs.constants
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
