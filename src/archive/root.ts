import fs from 'node:fs'
import { osReason } from '../errors/os-error.ts'
import { type BytePath, toText } from './bytes.ts'
import { Folder } from './folder.ts'

/** Where a name within leads: the directory that holds it, its last name there, and the path from the root with links followed. */
export interface Place {
  readonly folder: Folder
  readonly base: BytePath
  readonly path: BytePath
}

/**
 * A directory that nothing reached through it can leave. Names within are relative to it and have no `..`; links on the
 * way are followed here, step by step, since the system would follow them anywhere: an absolute one starts at the root
 * again as after chroot, a relative one that climbs out is refused (moby go-archive resolveArchivePath, Go's os.Root).
 */
export class Root {
  readonly #directory: BytePath
  readonly #top: Folder
  /** The last parent: entries mostly come directory by directory. */
  #last: { name: BytePath; folder: Folder; path: BytePath } | undefined
  #isFresh = false

  /** Throws where there is no such directory. */
  constructor(directory: BytePath, held?: boolean) {
    this.#directory = directory
    this.#top = call('open', directory, () => Folder.open(directory, held))
  }

  close(): void {
    this.#forget()
    this.#top.close()
  }

  /** The path outside of a path within, for messages. */
  at(path: BytePath): BytePath {
    return this.#directory.endsWith('/') ? this.#directory + path : `${this.#directory}/${path}`
  }

  /** To be called when names may lead elsewhere than before. */
  lookAgain(): void {
    this.#isFresh = false
  }

  /** Finds where a name leads; directories that are missing on the way are made. The place is good until the next call. */
  place(name: BytePath): Place {
    const slash = name.lastIndexOf('/')
    if (slash < 0) return { folder: this.#top, base: name, path: name }
    const parent = name.slice(0, slash)
    const base = name.slice(slash + 1)
    if (this.#last?.name !== parent || !(this.#isFresh || this.#last.folder.isAt(this.#top, parent))) {
      this.#forget()
      this.#last = { name: parent, ...this.#walk(name, true) }
    }
    const { folder, path } = this.#last
    this.#isFresh = folder.isHeld
    return { folder, base, path: path === '' ? base : `${path}/${base}` }
  }

  /** Does something where a name leads, beside the place that was found before; throws where nothing leads there. */
  beside<T>(name: BytePath, act: (place: Place) => T): T {
    const { folder, path } = this.#walk(name, false)
    const base = name.slice(name.lastIndexOf('/') + 1)
    try {
      return act({ folder, base, path: path === '' ? base : `${path}/${base}` })
    } finally {
      this.#leave(folder)
    }
  }

  #forget(): void {
    if (this.#last !== undefined) this.#leave(this.#last.folder)
    this.#last = undefined
  }

  #leave(folder: Folder): void {
    if (folder !== this.#top) folder.close()
  }

  /** The directory that a name is in, and the path to it. */
  #walk(name: BytePath, make: boolean): { folder: Folder; path: BytePath } {
    const parent = name.slice(0, Math.max(0, name.lastIndexOf('/')))
    const problem = (reason: string): Error => new Error(`statat ${toText(parent)}: ${reason}`)
    if (name.length > MAX_PATH) throw problem('file name too long')
    const todo = parent.split('/').toReversed()
    let folder = this.#top
    let done: BytePath[] = []
    const move = (to: Folder, path: BytePath[]): void => {
      this.#leave(folder)
      folder = to
      done = path
    }
    try {
      for (let steps = 0, links = 0; todo.length > 0; steps++) {
        if (steps > MAX_STEPS) throw problem('file name too long')
        const part = todo.pop() as BytePath
        if (part === '' || part === '.') continue
        if (part === '..') {
          // From the root again: the directory may have moved, and what is above it then is not what led here.
          if (done.pop() === undefined) throw problem('path escapes from parent')
          todo.push(...done.toReversed())
          move(this.#top, [])
          continue
        }
        const next = enter(folder, part, make, () => [...done, part].join('/'))
        if (next instanceof Folder) {
          move(next, done)
          done.push(part)
        } else if (next !== undefined) {
          if (++links > MAX_LINKS) throw problem('too many levels of symbolic links')
          if (next.startsWith('/')) move(this.#top, [])
          todo.push(...next.split('/').toReversed())
        } else if (todo.length > 0) throw problem('not a directory')
        else throw new Error(`openat ${toText(name)}: not a directory`)
      }
    } catch (error) {
      this.#leave(folder)
      throw error
    }
    return { folder, path: done.join('/') }
  }
}

/** The directory under a name, or where a link leads, undefined for anything else. */
function enter(folder: Folder, part: BytePath, make: boolean, path: () => BytePath): Folder | BytePath | undefined {
  try {
    const found = folder.enter(part) ?? folder.linkTarget(part)
    // What was a link a moment ago and is a directory now is looked at again.
    return found ?? (folder.lstat(part)?.isDirectory() === true ? part : undefined)
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (!make || !isMissing) throw new Error(`openat ${toText(path())}: ${osReason(error)}`, { cause: error })
  }
  call('mkdirat', path(), () => fs.mkdirSync(folder.at(part), 0o755))
  return enter(folder, part, false, path)
}

/** Does a call of the system; its failure names the call and the path within, as Go's os.Root words it. */
export function call<T>(operation: string, path: BytePath, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw new Error(`${operation} ${toText(path)}: ${osReason(error)}`, { cause: error })
  }
}

const MAX_LINKS = 255
/** What Linux takes for a path. */
const MAX_PATH = 4096
/** Of directories entered for one name, however links send back and forth. */
const MAX_STEPS = 8192
