/** One copy between a container and here. */
export interface Copy {
  readonly container: string
  readonly containerPath: string
  readonly localPath: string
  readonly followLink: boolean
  /** Owners go with what is copied into the container. */
  readonly archive: boolean
  readonly quiet: boolean
}

/**
 * Parts `CONTAINER:PATH`; a path of this machine has no container. A local name with a colon has to begin with `/` or `.` to
 * be told apart (docker/cli container/cp.go splitCpArg).
 */
export function splitCopyArg(arg: string): { container: string; path: string } {
  const colon = arg.indexOf(':')
  if (arg.startsWith('/') || arg.startsWith('.') || colon < 0) return { container: '', path: arg }
  return { container: arg.slice(0, colon), path: arg.slice(colon + 1) }
}

// Go's os.FileMode, as the API has it.

export function isDirectory(mode: number): boolean {
  return (mode & (1 << 31)) !== 0
}

export function isLink(mode: number): boolean {
  return (mode & (1 << 27)) !== 0
}

/** What cannot be copied to, by the reference's name for it (docker/cli command ValidateOutputPathFileMode). */
export function unfitKind(mode: number): string | undefined {
  if ((mode & (1 << 26)) !== 0) return 'got a device'
  return (mode & (1 << 19)) !== 0 ? 'got an irregular file' : undefined
}
