import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { osReason, pathError } from '../errors/os-error.ts'
import { fromFolder } from '../go/path.ts'

/** A file that appears under its name only when all of it is written. */
export interface AtomicFile {
  /** Throws when the disk is full, and so on. */
  write(data: Uint8Array): void
  /** Puts the file in its place; what was never written to is not made. */
  commit(): void
  /** Removes what was written; harmless after `commit`. */
  discard(): void
}

/**
 * Opens a temporary file beside `filename`, absolute or relative to `cwd`. Throws when there is no such folder or the
 * name belongs to something other than a regular file (moby/sys/atomicwriter).
 */
export function openAtomicFile(filename: string, cwd: string, mode = 0o600): AtomicFile {
  checkDestination(filename, cwd)
  const target = fromFolder(cwd, filename)
  const temporary = path.join(path.dirname(target), `.tmp-${path.basename(target)}${randomBytes(5).toString('hex')}`)
  const fd = create(temporary)
  let state: 'empty' | 'written' | 'closed' = 'empty'
  const finish = (keep: boolean): void => {
    if (state === 'closed') return
    const written = state === 'written'
    state = 'closed'
    try {
      if (keep && written) {
        fs.fsyncSync(fd)
        fs.fchmodSync(fd, mode)
      }
    } finally {
      fs.closeSync(fd)
      if (!keep || !written) fs.rmSync(temporary, { force: true })
    }
    if (keep && written) fs.renameSync(temporary, target)
  }
  return {
    write: (data) => {
      if (state !== 'closed') state = 'written'
      try {
        for (let at = 0; at < data.length;) at += fs.writeSync(fd, data, at)
      } catch (error) {
        throw pathError('write', filename, error)
      }
    },
    commit: () => finish(true),
    discard: () => finish(false),
  }
}

function create(temporary: string): number {
  try {
    return fs.openSync(temporary, 'wx', 0o600)
  } catch (error) {
    // The folder is there, so that nothing can be missing but a way into a working folder that was removed.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error(`getwd: ${osReason(error)}`, { cause: error })
  }
}

function checkDestination(filename: string, cwd: string): void {
  if (filename === '') throw new Error('file name is empty')
  const folder = path.dirname(filename)
  try {
    if (!fs.statSync(fromFolder(cwd, folder)).isDirectory()) throw new Error('not a directory')
  } catch (error) {
    throw new Error(`invalid output path: stat ${folder}: ${osReason(error)}`, { cause: error })
  }
  const found = fs.lstatSync(fromFolder(cwd, filename), { throwIfNoEntry: false })
  if (found === undefined) return
  const kind = kindOf(found)
  if (kind !== undefined) throw new Error(`cannot write to ${kind}`)
}

function kindOf(stats: fs.Stats): string | undefined {
  if (stats.isFile()) return undefined
  if (stats.isDirectory()) return 'a directory'
  if (stats.isSymbolicLink()) return 'a symbolic link directly'
  if (stats.isFIFO()) return 'a named pipe (FIFO)'
  if (stats.isSocket()) return 'a socket'
  return stats.isCharacterDevice() ? 'a character device file' : 'a block device file'
}
