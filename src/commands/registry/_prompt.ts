import { cliError } from '../../errors/cli-error.ts'
import { indexServer } from '../../config/auth.ts'
import type { AuthConfig } from '../../config/data.ts'
import type { Context } from '../../context.ts'
import { parseBool } from '../../go/bool.ts'
import { readLine, readSecret } from '../../streams/prompt.ts'
import { printNote } from './_warning.ts'

const register =
  "Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com/ to create one."
const tokens =
  'You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants better security and is required for organizations using SSO. Learn more at https://docs.docker.com/go/access-tokens/'

/** Asks for what is missing of user and password; `known` is the user that an empty answer stands for (docker/cli cli/command/registry.go). */
export async function promptForCredentials(
  context: Context,
  given: { readonly username: string; readonly password: string },
  known: string,
  server: string,
): Promise<AuthConfig> {
  const username = given.username.trim() || (await askUser(context, known.trim(), server))
  const password = given.password.trim() === '' ? await askPassword(context, server) : given.password
  return { username, password, serveraddress: server }
}

async function askUser(context: Context, known: string, server: string): Promise<string> {
  if (server === indexServer) {
    context.out.line(register)
    if (hintsEnabled(context)) context.out.write(`${tokens}\n\n`)
  }
  const username = (await readLine(context, known === '' ? 'Username: ' : `Username (${known}): `)) || known
  if (username === '') throw cliError('error: username is required')
  return username
}

async function askPassword(context: Context, server: string): Promise<string> {
  if (server === indexServer) {
    const page = '\x1b[4mhttps://app.docker.com/settings\x1b[0m'
    const text = `A Personal Access Token (PAT) can be used instead.\nTo create a PAT, visit ${page}\n\n`
    await printNote(context, 'info', text)
  }
  const password = await readSecret(context, 'Password: ')
  context.out.write('\n')
  if (password === '') throw cliError('error: password is required')
  return password
}

function hintsEnabled({ env }: Context): boolean {
  try {
    return !env.DOCKER_CLI_HINTS || parseBool(env.DOCKER_CLI_HINTS)
  } catch {
    return true
  }
}
