import fs from 'node:fs'
import { platform } from 'node:os'
import { type BytePath, toFs } from './bytes.ts'

/** What becomes of a name besides its content; times in seconds. */
export interface Attributes {
  readonly mode?: number
  readonly times?: readonly [accessed: number, modified: number]
}

/**
 * A directory that is held by a descriptor: its names stay in it, whatever becomes of the path that led to it. Node has no
 * openat, but Linux resolves `/proc/self/fd/N/name` as openat does. Elsewhere it is a path that was looked at a moment ago.
 */
export class Folder {
  readonly #path: BytePath
  readonly #fd: number | undefined
  readonly #identity: string

  private constructor(path: BytePath, fd: number | undefined) {
    this.#fd = fd
    this.#path = fd === undefined ? path : `/proc/self/fd/${fd}`
    this.#identity = fd === undefined ? '' : identityOf(fs.fstatSync(fd))
  }

  /** The directory at a path, links followed; throws the system's error. */
  static open(path: BytePath, held = canHold()): Folder {
    if (held) return new Folder(path, fs.openSync(toFs(path), O_PATH | O_DIRECTORY))
    if (!fs.statSync(toFs(path)).isDirectory()) throw notDirectory()
    return new Folder(path.replace(/\/$/, ''), undefined)
  }

  /** Whether it stays the same directory whatever happens to its path. */
  get isHeld(): boolean {
    return this.#fd !== undefined
  }

  /** What node:fs takes for a name in it. */
  at(name: BytePath): string | Buffer {
    return toFs(`${this.#path}/${name}`)
  }

  /** A directory in it, undefined for what is none, links among that. */
  enter(name: BytePath): Folder | undefined {
    if (this.#fd === undefined) {
      return fs.lstatSync(this.at(name)).isDirectory() ? new Folder(`${this.#path}/${name}`, undefined) : undefined
    }
    try {
      return new Folder('', fs.openSync(this.at(name), O_PATH | O_DIRECTORY | O_NOFOLLOW))
    } catch (error) {
      if (['ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
      throw error
    }
  }

  /** Whether a path from `top` leads to this very directory now; of one that is not held that cannot be said. */
  isAt(top: Folder, path: BytePath): boolean {
    if (this.#fd === undefined) return false
    try {
      const stat = fs.statSync(top.at(path), { throwIfNoEntry: false })
      return stat !== undefined && identityOf(stat) === this.#identity
    } catch {
      return false
    }
  }

  /** What is under a name, if anything is. */
  lstat(name: BytePath): fs.Stats | undefined {
    return fs.lstatSync(this.at(name), { throwIfNoEntry: false })
  }

  /** Where a link leads, undefined for what is no link. */
  linkTarget(name: BytePath): BytePath | undefined {
    try {
      return fs.readlinkSync(this.at(name), { encoding: 'buffer' }).toString('latin1')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EINVAL') return undefined
      throw error
    }
  }

  /** Sets what a name's file or directory is marked with; links are left alone. */
  mark(name: BytePath, attributes: Attributes): void {
    if (this.#fd === undefined) {
      if (this.lstat(name)?.isSymbolicLink() === false) set(this.at(name), attributes)
      return
    }
    const fd = fs.openSync(this.at(name), O_PATH | O_NOFOLLOW)
    try {
      if (!fs.fstatSync(fd).isSymbolicLink()) set(`/proc/self/fd/${fd}`, attributes)
    } finally {
      fs.closeSync(fd)
    }
  }

  /** What a child process takes for the directory when this is its descriptor number `fd`, and what to hand it. */
  forChild(fd: number): { path: BytePath; stdio: number | 'ignore' } {
    return this.#fd === undefined
      ? { path: this.#path, stdio: 'ignore' }
      : { path: `/proc/self/fd/${fd}`, stdio: this.#fd }
  }

  close(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd)
  }
}

function canHold(): boolean {
  return platform() === 'linux' && fs.existsSync('/proc/self/fd')
}

function set(path: string | Buffer, { mode, times }: Attributes): void {
  if (mode !== undefined) fs.chmodSync(path, mode)
  if (times !== undefined) fs.utimesSync(path, ...times)
}

// Numbers may be rounded; nothing is safe by this alone.
function identityOf({ dev, ino }: fs.Stats): string {
  return `${dev} ${ino}`
}

function notDirectory(): Error {
  return Object.assign(new Error('ENOTDIR: not a directory'), { code: 'ENOTDIR' })
}

const { O_DIRECTORY, O_NOFOLLOW } = fs.constants
// Linux's, which Node does not name: a directory need not be readable for it, and a pipe is not waited for.
const O_PATH = 0x200000
