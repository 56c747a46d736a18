import { parseEnvFile } from '../../../parse/env-file.ts'
import { wrap } from '../../../errors/cli-error.ts'

/** Reads `key=value` files in turn; `lookup` gives the value of a key that stands alone. Errors begin with the flag's name. */
export function readLines(
  flag: string,
  paths: readonly string[] | undefined,
  lookup: (name: string) => string | undefined,
  { readFile }: { readFile: (path: string) => Uint8Array },
): string[] {
  try {
    return (paths ?? []).flatMap((path) => parseEnvFile(read(path, readFile), path, lookup))
  } catch (error) {
    throw wrap(error, flag)
  }
}

/** A folder opens but does not read, so the reference complains of its content. */
function read(path: string, readFile: (path: string) => Uint8Array): Uint8Array {
  try {
    return readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
    throw wrap(error, `invalid env file (${path})`)
  }
}
