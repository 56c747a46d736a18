import { cliError, messageOf, wrap } from '../../errors/cli-error.ts'
import { atMost, command } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'
import { indexServer, registryHostname } from '../../config/auth.ts'
import type { AuthConfig } from '../../config/data.ts'
import { credentials, credentialStore } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import { readStdin } from '../_stdin.ts'
import { printNote, warnOfEnvironment } from './_warning.ts'

interface LoginOptions {
  readonly username?: string
  readonly password?: string
  readonly passwordStdin?: boolean
}

export default command({
  path: ['login'],
  summary: 'Log in to a registry',
  details: 'Log in to a registry, by default Docker Hub.',
  args: atMost(1, '[SERVER]'),
  top: 8,
  flags: {
    username: string('User name', { short: 'u' }),
    password: string('Password or personal access token (PAT); "-" reads it from standard input', { short: 'p' }),
    passwordStdin: bool('Read the password or personal access token (PAT) from standard input'),
  },
  async run(context, { args, options }) {
    checkOptions(options)
    const given = await readOptions(context, options)
    await warnOfEnvironment(context)
    const [server = ''] = args
    const address = server === '' || server === 'docker.io' ? indexServer : server
    const stored = await storedCredentials(context, address, given)
    const status =
      (stored.username && stored.password ? await loginWithStored(context, stored) : undefined) ??
      (await loginAnew(context, given, stored))
    if (status !== '') context.out.line(status)
  },
})

function checkOptions(options: LoginOptions): void {
  const { username, password, passwordStdin } = options
  if (passwordStdin !== undefined || password === '-') {
    if (password !== undefined && password !== '-') {
      throw cliError('conflicting options: cannot specify both --password and --password-stdin')
    }
    if (username === undefined) throw cliError('the --password-stdin option requires --username to be set')
  }
  if (username === '') throw cliError('username is empty')
  if (password === '') throw cliError('password is empty')
}

interface Given {
  readonly username: string
  readonly password: string
}

async function readOptions(context: Context, options: LoginOptions): Promise<Given> {
  const { username = '', password = '', passwordStdin = false } = options
  const fromStdin = passwordStdin || password === '-'
  if (password !== '' && password !== '-') {
    context.err.line('WARNING! Using --password via the CLI is insecure. Use --password-stdin.')
  }
  if (!fromStdin) return { username, password }
  if (username === '') throw cliError('username is empty')
  const secret = await readSecretFromStdin(context)
  if (secret.trim() === '') throw cliError('password is empty')
  return { username, password: secret }
}

/** All of stdin but one line end: a secret may hold anything else. */
async function readSecretFromStdin(context: Context): Promise<string> {
  return (await readStdin(context)).toString('utf8').replace(/(\r\n|\n|\r)$/, '')
}

/** What is kept for the server, asked for only where nothing was given; a store that fails is no reason to stop here. */
async function storedCredentials(context: Context, address: string, given: Given): Promise<AuthConfig> {
  const server = address === indexServer ? address : registryHostname(address)
  if (given.username !== '' || given.password !== '') return { serveraddress: server }
  try {
    const { username, password, auth, registrytoken } = await credentials(context, server)
    return present({ username, password, auth, serveraddress: server, registrytoken })
  } catch {
    return { serveraddress: server }
  }
}

/** Gives the daemon's answer, or undefined when the stored credentials do not serve. */
async function loginWithStored(context: Context, stored: AuthConfig): Promise<string | undefined> {
  context.err.line(`Authenticating with existing credentials... [Username: ${stored.username}]`)
  await printNote(context, 'info', "To login with a different account, run 'docker logout' followed by 'docker login'")
  context.err.write('\n\n')
  const { system } = await context.engine()
  let answer: { Status?: string; IdentityToken?: string } | undefined
  try {
    const { auth: _, ...sent } = stored
    answer = await system.auth(sent, { signal: context.signal })
  } catch (error) {
    if (context.signal.aborted) throw error
    const refused = (error as { status?: number }).status === 401
    context.err.line(
      refused ? 'Stored credentials invalid or expired' : `Login did not succeed, error: ${messageOf(error)}`,
    )
  }
  const kept = answer?.IdentityToken ? { ...stored, password: '', identitytoken: answer.IdentityToken } : stored
  // The reference stores them even when they were refused, and asks anew where that fails.
  try {
    await store(context, kept)
  } catch {
    return undefined
  }
  return answer === undefined ? undefined : (answer.Status ?? '')
}

async function loginAnew(context: Context, given: Given, stored: AuthConfig): Promise<string> {
  if ((given.username === '' || given.password === '') && !context.in.isTerminal) {
    throw cliError('error: cannot perform an interactive login from a non-TTY device')
  }
  const server = stored.serveraddress ?? ''
  if (server === indexServer && given.username === '' && given.password === '') {
    const { loginWithDevice } = await import('./_device-login.ts')
    const auth = await loginWithDevice(context)
    if (auth !== undefined) {
      const answer = await authenticate(context, auth)
      await store(context, auth)
      return answer.status
    }
    context.err.write('Failed to start web-based login - falling back to command line login...\n\n')
  }
  const auth = await promptForMissing(context, given, stored)
  const { status, identityToken } = await authenticate(context, auth)
  await store(context, identityToken === '' ? auth : { ...auth, password: '', identitytoken: identityToken })
  return status
}

async function promptForMissing(context: Context, given: Given, stored: AuthConfig): Promise<AuthConfig> {
  const server = stored.serveraddress ?? ''
  if (given.username.trim() !== '' && given.password.trim() !== '') {
    return { username: given.username.trim(), password: given.password, serveraddress: server }
  }
  const { promptForCredentials } = await import('./_prompt.ts')
  return promptForCredentials(context, given, stored.username ?? '', server)
}

/** Has the daemon ask the registry; where there is no daemon, asks it ourselves. */
async function authenticate(context: Context, auth: AuthConfig): Promise<{ status: string; identityToken: string }> {
  const engine = await context.engine()
  try {
    const answer = await engine.system.auth(auth, { signal: context.signal })
    return { status: answer.Status, identityToken: answer.IdentityToken ?? '' }
  } catch (error) {
    if ((error as { unreachable?: boolean }).unreachable !== true) throw error
    const { loginAtRegistry } = await import('../../registry/login.ts')
    const { userAgent } = await import('./_user-agent.ts')
    const { env, now, signal } = context
    const identityToken = await loginAtRegistry(auth, { env, now, signal, userAgent: userAgent(context) })
    return { status: 'Login Succeeded', identityToken }
  }
}

async function store(context: Context, auth: AuthConfig): Promise<void> {
  try {
    await (await credentialStore(context, auth.serveraddress ?? '')).store(auth)
  } catch (error) {
    throw wrap(error, 'error saving credentials')
  }
}

function present(auth: { readonly [K in keyof AuthConfig]: AuthConfig[K] | undefined }): AuthConfig {
  return Object.fromEntries(Object.entries(auth).filter(([, value]) => value !== undefined))
}
