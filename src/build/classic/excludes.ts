import fs from 'node:fs'
import path from 'node:path'
import { type BytePath, toBytes, toFs, toText } from '../../archive/bytes.ts'
import { cliError, wrap } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { type IgnoreMatcher, parseDockerignore, type PatternMatches } from '../../parse/dockerignore.ts'
import { type DirectoryEntry, readDirectory } from '../../runtime/directory.ts'

/** The patterns of the context's `.dockerignore`, none without one (docker/cli ReadDockerignore). */
export function readIgnoreFile(root: string): string[] {
  const file = path.join(root, '.dockerignore')
  let text
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    const { code, syscall = 'open' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    const problem = pathError(syscall, file, error)
    throw syscall === 'read' ? wrap(problem, 'error reading .dockerignore') : problem
  }
  if (text.split('\n').some((line) => Buffer.byteLength(line) >= LONGEST_LINE)) {
    throw cliError('error reading .dockerignore: bufio.Scanner: token too long')
  }
  return parseDockerignore(text)
}

/** Throws for the first file that is not left out and cannot be read: better now than when half of the context is sent (docker/cli ValidateContextDirectory). */
export function checkReadable(root: string, excludes: IgnoreMatcher): void {
  const todo: Folder[] = [{ path: toBytes(root), name: '' }]
  for (let folder = todo.pop(); folder !== undefined; folder = todo.pop()) {
    for (const entry of entriesOf(folder.path)) {
      const base = entry.name.toString('latin1')
      const inside = { path: `${folder.path}/${base}`, name: folder.name === '' ? base : `${folder.name}/${base}` }
      const { ignored, matches } = excludes.walk(toText(inside.name), folder.matches)
      if (ignored) continue
      if (entry.isDirectory()) todo.push({ ...inside, matches })
      // A link may lead nowhere, and a pipe would be waited for.
      else if (!entry.isSymbolicLink() && !entry.isFIFO()) checkFile(inside.path)
    }
  }
}

interface Folder {
  readonly path: BytePath
  readonly name: BytePath
  readonly matches?: PatternMatches
}

function entriesOf(folder: BytePath): DirectoryEntry[] {
  try {
    return readDirectory(toFs(folder))
  } catch (error) {
    const { code = '', syscall = 'open' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    if (DENIED.includes(code)) throw cliError(`can't stat '${toText(folder)}'`)
    throw pathError(syscall, toText(folder), error)
  }
}

function checkFile(file: BytePath): void {
  try {
    fs.accessSync(toFs(file), fs.constants.R_OK)
  } catch (error) {
    if (DENIED.includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw cliError(`no permission to read from '${toText(file)}'`)
    }
  }
}

const DENIED = ['EACCES', 'EPERM']
const LONGEST_LINE = 64 * 1024
