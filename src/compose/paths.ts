import path from 'node:path'

/** A path as it is where it is absolute, else below a folder. */
export function absolutePath(folder: string, name: string): string {
  return path.isAbsolute(name) ? name : path.join(folder, name)
}

/** Whether a path is an absolute one of Windows: a drive's or a share's (Go path/filepath IsAbs there). */
export function isWindowsAbsolute(name: string): boolean {
  const volume = /^(?:[a-zA-Z]:|[\\/]{2}[^\\/.][^\\/]*[\\/][^\\/.][^\\/]*)/.exec(name)?.[0] ?? ''
  return volume !== '' && /^[\\/]/.test(name.slice(volume.length))
}
