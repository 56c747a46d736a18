import fs from 'node:fs'
import path from 'node:path'
import { pathError } from '../../errors/os-error.ts'
import { wrap } from '../../errors/cli-error.ts'
import { fromFolder } from '../../go/path.ts'
import { quote } from '../../go/quote.ts'
import { LOCAL_DELETE } from '../flags/entitlement.ts'
import type { Exporter } from './exporters.ts'

/** What destinations depend on. */
export interface DestinationWorld {
  readonly cwd: string
  readonly getwd: () => string
  /** Whether stdout is a terminal, which wants no archive. */
  readonly isTerminal: boolean
  /** A folder may be emptied of what a build did not write, wherever it is. */
  readonly mayDelete: boolean
}

/** Throws where results cannot go to where they are to (buildx build/opt.go CreateExports, ValidateLocalExportDelete). */
export function checkDestinations(exporters: readonly Exporter[], world: DestinationWorld): void {
  const toStdout = exporters.filter(({ file }) => file === '-')
  if (toStdout.length > 1) throw new Error('multiple outputs configured to write to stdout')
  if (toStdout[0] !== undefined && world.isTerminal) {
    throw new Error(`dest file is required for ${toStdout[0].type} exporter. refusing to write to console`)
  }
  for (const { type, attributes, folder, file } of exporters) {
    if (folder !== undefined) checkFolder(folder, world)
    if (file !== undefined && file !== '-') checkFile(file, world)
    if (type === 'local' && folder !== undefined) checkMode(attributes.mode ?? '', folder, world)
  }
}

function checkFolder(folder: string, world: DestinationWorld): void {
  const stats = stat(folder, 'invalid destination directory', world)
  if (stats?.isDirectory() === false) throw new Error(`destination directory ${folder} is a file`)
}

function checkFile(file: string, world: DestinationWorld): void {
  const stats = stat(file, 'invalid destination file', world)
  if (stats?.isDirectory() === true) throw new Error(`destination file ${file} is a directory`)
}

function stat(name: string, problem: string, { cwd }: DestinationWorld): fs.Stats | undefined {
  try {
    // Without an exception for what is not there, newer lines of Node take a file for a folder's absence, too.
    return fs.statSync(fromFolder(cwd, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw wrap(pathError('stat', name, error), `${problem}: ${name}`)
  }
}

/** `mode=delete` removes what lies in the folder; only below the working folder is that harmless enough. */
function checkMode(mode: string, folder: string, world: DestinationWorld): void {
  if (mode !== '' && mode !== 'copy' && mode !== 'delete') throw new Error(`invalid local exporter mode ${quote(mode)}`)
  if (mode !== 'delete' || world.mayDelete) return
  const here = resolved(world.getwd())
  const inside = path.relative(here, resolved(path.resolve(here, folder)))
  if (inside === '' || inside === '..' || inside.startsWith('../') || path.isAbsolute(inside)) {
    throw new Error(`local output mode=delete for destination ${quote(folder)} requires --allow=${LOCAL_DELETE}`)
  }
}

/** The path without symbolic links, as far as it is there. */
function resolved(place: string): string {
  try {
    return fs.realpathSync(place)
  } catch {
    const parent = path.dirname(place)
    return parent === place ? place : path.join(resolved(parent), path.basename(place))
  }
}
