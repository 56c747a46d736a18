import { wrap } from '../../errors/cli-error.ts'
import { indexServer } from '../../config/auth.ts'
import type { AuthConfig } from '../../config/data.ts'
import { credentialStore } from '../../config/credentials.ts'
import { visibleCell } from '../../go/visible.ts'
import type { Context } from '../../context.ts'
import {
  awaitTokens,
  type DeviceCode,
  type DeviceLogin,
  hub,
  makeAccessToken,
  requestDeviceCode,
  revokeToken,
  storedTokens,
} from '../../registry/device.ts'
import { HttpClient } from '../../registry/http.ts'
import { reference } from '../../version.ts'
import { printNote } from './_warning.ts'

/**
 * Logs in to Docker Hub with a browser: shows a code, waits until it was typed there, and makes a token of what comes back. Undefined
 * when the hub's login service cannot be reached (docker/cli internal/oauth/manager LoginDevice).
 */
export async function loginWithDevice(context: Context): Promise<AuthConfig | undefined> {
  const login = deviceLogin(context)
  try {
    const code = await requestDeviceCode(login).catch((error: unknown) => {
      if (context.signal.aborted) throw error
      return undefined
    })
    return code === undefined ? undefined : await finish(context, login, code)
  } finally {
    login.http.close()
  }
}

/** Revokes the tokens that a login with a browser left, and forgets them; a person who never did so has none. */
export async function revokeDeviceTokens(context: Context): Promise<void> {
  const store = await credentialStore(context, indexServer)
  const { password = '' } = await store.get(`${indexServer}refresh-token`)
  const parts = password.split('..')
  if (password === '' || parts.length !== 2) return
  try {
    await store.erase(`${indexServer}access-token`)
    await store.erase(`${indexServer}refresh-token`)
  } catch (error) {
    throw wrap(error, 'failed to erase tokens')
  }
  const login = deviceLogin(context)
  try {
    await revokeToken(login, parts[0] ?? '')
  } catch (error) {
    const why =
      'credentials erased successfully, but there was a failure to revoke the OAuth refresh token with the tenant'
    throw wrap(error, why)
  } finally {
    login.http.close()
  }
}

async function finish(context: Context, login: DeviceLogin, code: DeviceCode): Promise<AuthConfig> {
  await instruct(context, code)
  const stopWaiting = openBrowserOnEnter(context, code.verificationUrl)
  let tokens
  try {
    tokens = await awaitTokens(login, code)
  } catch (error) {
    if (context.signal.aborted) throw error
    throw wrap(error, 'failed waiting for authentication')
  } finally {
    stopWaiting()
  }
  const store = await credentialStore(context, indexServer)
  for (const entry of storedTokens(indexServer, tokens, login.clientId)) await store.store(entry)
  const password = await makeAccessToken(login, tokens)
  return { username: tokens.username, password, serveraddress: indexServer }
}

async function instruct(context: Context, { userCode, verificationUrl }: DeviceCode): Promise<void> {
  const { err } = context
  const bold = (text: string): string => `\x1b[1m${text}\x1b[0m`
  err.write(Buffer.from(`${bold('\nUSING WEB-BASED LOGIN')}\n`))
  await printNote(
    context,
    'info',
    "To sign in with credentials on the command line, use 'docker login -u <username>'\n",
  )
  const [code, url] = [userCode, verificationUrl.split('?', 1)[0] ?? ''].map(visibleCell)
  const page = `\x1b[4m${url}\n\x1b[0m`
  err.write(Buffer.from(`\nYour one-time device confirmation code is: ${bold(`${code}\n`)}`))
  err.write(Buffer.from(`${bold('Press ENTER')} to open your browser or submit your device code here: ${page}`))
  err.write('\nWaiting for authentication in the browser…\n')
}

/** Opens the page when ENTER is pressed; gives the way to stop listening. */
function openBrowserOnEnter(context: Context, url: string): () => void {
  const stream = context.in.stream()
  const onData = (chunk: Buffer): void => {
    if (chunk.includes('\n')) void openBrowser(context, url)
  }
  stream.on('data', onData)
  return () => void stream.off('data', onData).pause()
}

async function openBrowser({ env, platform }: Context, url: string): Promise<void> {
  // The page is the login service's word: nothing but a web address is opened.
  if (!/^https?:\/\//.test(url)) return
  const { spawn } = await import('node:child_process')
  const programs: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ['open'],
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  }
  const [program = '', ...rest] = programs[platform] ?? ['xdg-open']
  const child = spawn(program, [...rest, url], { env, stdio: 'ignore', detached: true })
  child.on('error', () => undefined).unref()
}

function deviceLogin({ env, platform, arch, signal, now }: Context): DeviceLogin {
  const system = platform === 'win32' ? 'windows' : platform
  const userAgent = `docker-cli:${reference.version.replaceAll('.', '_')}:${system}-${arch}`
  return { ...hub, http: new HttpClient({ env, userAgent, now }), signal, now }
}
