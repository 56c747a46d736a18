import type { AuthConfig } from '../config/data.ts'
import type { TcpContext } from '../connection/tcp-route.ts'
import { cliError } from '../errors/cli-error.ts'
import { registryEndpoints } from './endpoints.ts'
import { registryCode, statusLine } from './errors.ts'
import { HttpClient } from './http.ts'
import { Session } from './session.ts'

/**
 * Asks a registry itself whether credentials are right, for when there is no daemon to ask. Gives the identity token that
 * is to be kept instead of the password, empty when there is none (docker/cli internal/registry Service.Auth).
 */
export async function loginAtRegistry(
  auth: AuthConfig,
  world: TcpContext & { userAgent: string; signal: AbortSignal },
): Promise<string> {
  const address = auth.serveraddress || 'index.docker.io'
  const whole = /^https?:\/\//.test(address) ? address : `https://${address}`
  if (!URL.canParse(whole)) throw cliError(`unable to parse server address: ${address}`)
  let problem: unknown
  for (const { base, insecure } of registryEndpoints(new URL(whole).host, false)) {
    const http = new HttpClient({ ...world, insecure })
    try {
      const session = await Session.open({ http, base, auth, clientId: 'docker', offline: true, signal: world.signal })
      const { status } = await session.send('/v2/')
      if (status === 200) return session.identityToken
      problem = cliError(`login attempt to ${base.origin}/v2/ failed with status: ${statusLine(status)}`)
    } catch (error) {
      if (world.signal.aborted || registryCode(error) === 'UNAUTHORIZED') throw error
      problem = error
    } finally {
      http.close()
    }
  }
  throw problem
}
