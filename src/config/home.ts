import { userInfo } from 'node:os'
import { isAbsolute } from 'node:path'
import { CliError } from '../errors/cli-error.ts'

/**
 * The caller's home folder: what the environment says, else what the system's accounts say (docker/cli cli/config getHomeDir).
 * Throws where neither knows one; the working folder must never stand in, as it may be anybody's.
 */
export function homeFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  const variable = platform === 'win32' ? 'USERPROFILE' : 'HOME'
  const home = env[variable] || accountHome()
  if (home !== undefined) return home
  throw new CliError(`cannot find your home folder: ${variable} is not set, and this account has none`, {
    code: 'config/no-home',
    hint: `Set ${variable}, or DOCKER_CONFIG to the folder of config.json.`,
  })
}

function accountHome(): string | undefined {
  try {
    const { homedir } = userInfo()
    return isAbsolute(homedir) ? homedir : undefined
  } catch {
    // Not an account that the system knows, as in a container run with --user.
    return undefined
  }
}
