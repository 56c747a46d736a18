import path from 'node:path'

/**
 * The file that `name` means to a program running in `cwd`. With `.` a relative name stays so: a working folder that was removed has
 * no path, yet is there. An empty name stays empty, which the system opens nothing by.
 */
export function fromFolder(cwd: string, name: string): string {
  return name === '' || path.isAbsolute(name) ? name : path.join(cwd, name)
}
