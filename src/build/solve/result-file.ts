import fs from 'node:fs'
import path from 'node:path'
import { pathError } from '../../errors/os-error.ts'
import type { ResultFile } from '../session/file-send.ts'

/** Opens the file that a result goes to, and the folders above it; `given` is how messages name it (buildx lazyFileWriter). */
export function openResultFile(file: string, given: string): ResultFile {
  const failing = <T>(operation: string, act: () => T): T => {
    try {
      return act()
    } catch (error) {
      throw pathError(operation, given, error)
    }
  }
  const fd = failing('open', () => {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    return fs.openSync(file, 'w')
  })
  return {
    write(chunk) {
      failing('write', () => {
        for (let at = 0; at < chunk.length;) at += fs.writeSync(fd, chunk, at)
      })
    },
    commit: () => failing('close', () => fs.closeSync(fd)),
    discard() {
      fs.closeSync(fd)
      // What is not whole is of no use; a device or pipe stays.
      if (fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() === true) fs.rmSync(file, { force: true })
    },
  }
}
