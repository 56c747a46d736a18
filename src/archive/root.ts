import fs from 'node:fs'
import { osReason } from '../errors/os-error.ts'
import { type BytePath, toFs, toText } from './bytes.ts'

/**
 * A directory that nothing reached through it can leave. Paths within are relative to it and have no `..`; links on the
 * way are followed here, step by step, since the system would follow them anywhere: an absolute one starts at the root
 * again as after chroot, a relative one that climbs out is refused (moby go-archive resolveArchivePath, Go's os.Root).
 */
export class Root {
  readonly #directory: BytePath
  #resolved = new Map<BytePath, BytePath>()

  /** Throws where there is no such directory. */
  constructor(directory: BytePath) {
    this.#directory = directory
    const problem = (reason: string): Error => new Error(`open ${toText(directory)}: ${reason}`)
    let stat
    try {
      stat = fs.statSync(toFs(directory))
    } catch (error) {
      throw problem(osReason(error))
    }
    if (!stat.isDirectory()) throw problem('not a directory')
  }

  /** The path outside of a path within. */
  at(path: BytePath): BytePath {
    return this.#directory.endsWith('/') ? this.#directory + path : `${this.#directory}/${path}`
  }

  /** Where a name within leads once the links in its directories are followed; the last name itself is left alone. */
  resolve(name: BytePath): BytePath {
    const slash = name.lastIndexOf('/')
    if (slash < 0) return name
    const parent = name.slice(0, slash)
    let resolved = this.#resolved.get(parent)
    if (resolved === undefined) {
      resolved = this.#follow(parent)
      this.#resolved.set(parent, resolved)
    }
    return resolved === '' ? name.slice(slash + 1) : resolved + name.slice(slash)
  }

  /** To be called after a change that may let names lead elsewhere. */
  forget(): void {
    this.#resolved.clear()
  }

  /** What is at a path, if anything is; a path through what is no directory leads to nothing. */
  lstat(path: BytePath): fs.Stats | undefined {
    return this.call('lstatat', path, () => {
      try {
        return fs.lstatSync(toFs(this.at(path)), { throwIfNoEntry: false })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
        throw error
      }
    })
  }

  remove(path: BytePath): void {
    this.call('unlinkat', path, () => fs.unlinkSync(toFs(this.at(path))))
    this.forget()
  }

  /** Makes the directories that lead to a resolved path and that an archive need not name. */
  makeParents(path: BytePath): void {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash)
      if (this.lstat(parent) !== undefined) continue
      this.call('mkdirat', parent, () => fs.mkdirSync(toFs(this.at(parent)), 0o755))
    }
  }

  /** Does a call of the system; its failure names the call and the path within, as Go's os.Root words it. */
  call<T>(operation: string, path: BytePath, act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw new Error(`${operation} ${toText(path)}: ${osReason(error)}`, { cause: error })
    }
  }

  #follow(name: BytePath): BytePath {
    const todo = name.split('/')
    const done: BytePath[] = []
    let links = 0
    for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
      if (part === '' || part === '.') continue
      if (part === '..') {
        if (done.pop() === undefined) throw new Error(`statat ${toText(name)}: path escapes from parent`)
        continue
      }
      const here = [...done, part].join('/')
      const target = this.#linkTarget(here)
      if (target === undefined) done.push(part)
      else {
        if (++links > MAX_LINKS) throw new Error(`statat ${toText(name)}: too many levels of symbolic links`)
        if (target.startsWith('/')) done.length = 0
        todo.unshift(...target.split('/'))
      }
    }
    return done.join('/')
  }

  #linkTarget(path: BytePath): BytePath | undefined {
    if (this.lstat(path)?.isSymbolicLink() !== true) return undefined
    return fs.readlinkSync(toFs(this.at(path)), { encoding: 'buffer' }).toString('latin1')
  }
}

const MAX_LINKS = 255
