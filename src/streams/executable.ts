import fs from 'node:fs'

/** Whether the caller may run this file; links are followed (Go os/exec findExecutable). */
export function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}
