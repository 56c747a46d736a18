import fs from 'node:fs'
import type { Context } from '../../../context.ts'
import { wrap } from '../../../errors/cli-error.ts'
import { pathError } from '../../../errors/os-error.ts'
import { fromFolder } from '../../../go/path.ts'

/** Removes the file for the image's ID, none for an empty name: none is to be left from a build before, should this one fail. Throws its problem. */
export function removeIdFile({ cwd }: Context, file: string): void {
  if (file === '') return
  try {
    fs.rmSync(fromFolder(cwd, file), { force: true })
  } catch (error) {
    throw wrap(pathError('remove', file, error), 'removing image ID file')
  }
}
