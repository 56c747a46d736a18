import fs from 'node:fs'
import { bun } from './bun.ts'

/** A name in a directory, as its bytes, and what has it; links are not followed. */
export type DirectoryEntry = Pick<fs.Dirent<Buffer>, 'name' | 'isDirectory' | 'isFile' | 'isSymbolicLink' | 'isFIFO'>

/** What is in a directory, sorted by the bytes of the names. Throws the system's errors. */
export function readDirectory(directory: string | Buffer): DirectoryEntry[] {
  if (bun === undefined) return fs.readdirSync(directory, { withFileTypes: true, encoding: 'buffer' })
  // Bun gives names in bytes without their kinds, and in the directory's own order.
  const names = fs.readdirSync(directory, { encoding: 'buffer' }).sort((a, b) => Buffer.compare(a, b))
  return names.flatMap((name) => {
    const stat = fs.lstatSync(Buffer.concat([Buffer.from(directory), SLASH, name]), { throwIfNoEntry: false })
    return stat === undefined ? [] : [Object.assign(stat, { name })]
  })
}

const SLASH = Buffer.from('/')
