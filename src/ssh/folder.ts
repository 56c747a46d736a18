import { createHash, randomBytes } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'
import { temporaryFolder } from '../go/temporary-folder.ts'

/** The private folder of sockets for ssh: gives paths in a folder of mode 0700. */
export interface SshFolder {
  /** The control socket of connections to what `parts` name, and whether there is one already. */
  control(parts: readonly string[]): { path: string; exists: boolean }
  /** A name that is not taken. */
  fresh(): string
}

/**
 * The folder in XDG_RUNTIME_DIR, in TMPDIR or in /tmp, the first that can be had and leaves room for a socket's name. Undefined
 * where there is none that only this user may enter.
 */
export function sshFolder(env: Readonly<Record<string, string | undefined>>): SshFolder | undefined {
  const uid = userId()
  if (uid === undefined) return undefined
  const runtime = env['XDG_RUNTIME_DIR']
  const candidates = [temporaryFolder(env), '/tmp'].map((folder) => path.join(folder, `docket-ssh-${uid}`))
  if (runtime) candidates.unshift(path.join(runtime, 'docket-ssh'))
  const folder = candidates.find((candidate) => FITTING.test(candidate) && isPrivate(candidate, uid))
  if (folder === undefined) return undefined
  return {
    control(parts) {
      const name = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, NAME)
      const file = path.join(folder, name)
      return { path: file, exists: existsSync(file) }
    },
    fresh: () => path.join(folder, randomBytes(NAME / 2).toString('hex')),
  }
}

/** Undefined for a user that the system does not know. */
function userId(): number | undefined {
  try {
    return userInfo().uid
  } catch {
    return undefined
  }
}

function isPrivate(folder: string, uid: number): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
  }
  try {
    const stat = lstatSync(folder)
    return stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0
  } catch {
    return false
  }
}

const NAME = 16
// Socket names end at 104 bytes on BSD and macOS; ssh makes its own under a temporary name that is 17 bytes longer.
// It expands % and splits at blanks and colons, too.
const MAX_FOLDER = 103 - 17 - 1 - NAME
const FITTING = new RegExp(`^/[\\w@.,+/-]{1,${MAX_FOLDER - 1}}$`)
