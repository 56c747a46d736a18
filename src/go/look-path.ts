import path from 'node:path'
import { quote } from './quote.ts'

/**
 * Finds a program in the folders of PATH, by its name with each of `endings`, as an absolute path. Throws where there is none, and where
 * the first lies in a relative or empty entry, which would be the working folder's (Go os/exec LookPath, ErrDot).
 */
export function lookPath(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  isExecutable: (file: string) => boolean,
  endings: readonly string[] = [''],
): string {
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter)) {
    for (const ending of endings) {
      const file = path.join(folder === '' ? '.' : folder, name + ending)
      if (!isExecutable(file)) continue
      if (path.isAbsolute(file)) return file
      throw new Error(`exec: ${quote(name)}: cannot run executable found relative to current directory`)
    }
  }
  throw new Error(`exec: ${quote(name)}: executable file not found in $PATH`)
}
