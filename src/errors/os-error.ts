/** Where the system's messages (Go's syscall.Errno) differ from those of Node's library, or of one of its versions. */
const words: Record<string, string> = {
  EBUSY: 'device or resource busy',
  EDQUOT: 'disk quota exceeded',
  EEXIST: 'file exists',
  EIO: 'input/output error',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  ENOENT: 'no such file or directory',
  EXDEV: 'invalid cross-device link',
}

/** The system's message for an error, `no such file or directory`; other errors keep their message. */
export function osReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) return message
  return words[code] ?? /^[A-Z0-9_]+: ([^,]*)/.exec(message)?.[1] ?? message
}

/** An error of the file system as Go words it: `open missing.tar: no such file or directory` (os.PathError). */
export function pathError(operation: string, path: string, error: unknown): Error {
  return new Error(`${operation} ${path}: ${osReason(error)}`, { cause: error })
}
