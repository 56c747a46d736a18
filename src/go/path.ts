import path from 'node:path'

/** The file that `name` means to a program running in `cwd`. An empty name stays empty, which the system opens nothing by. */
export function fromFolder(cwd: string, name: string): string {
  return name === '' ? '' : path.resolve(cwd, name)
}
