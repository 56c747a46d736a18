import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { AuthConfig } from '../../config/data.ts'
import { isTrue } from '../../go/bool.ts'
import { credentialsOf, fetchToken, type TokenWorld } from '../../registry/token.ts'
import { GrpcError } from '../grpc/status.ts'
import { serves, type Served } from '../grpc/server.ts'
import { auth } from '../proto/session.ts'
import { tokenSeed } from './token-seed.ts'

export interface AuthOptions {
  /** The credentials kept for a registry, by its domain; asked for the registries of the build only, and once in five minutes. */
  readonly credentials: (domain: string) => Promise<AuthConfig>
  /** What asks registries for tokens, made when there is something to ask. */
  readonly http: () => Promise<TokenWorld['http']>
  /** Where the seeds of keys are kept. */
  readonly configDir: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  readonly signal: AbortSignal
  /** Told of what the daemon gets: `[auth] library/busybox:pull token for registry-1.docker.io`. */
  readonly onShare?: (what: string) => void
}

/**
 * Authorizes the daemon at registries: it gets tokens for what the build does there, and credentials themselves only if it cannot take
 * tokens (BuildKit session/auth/authprovider).
 */
export function serveAuth(options: AuthOptions): Served {
  const provider = new AuthProvider(options)
  return serves(auth, {
    credentials: async ({ host }) => {
      const found = credentialsOf(await provider.credentials(host))
      if (found.secret !== '') provider.share(`[auth] sharing credentials for ${host}`)
      return found
    },
    fetchToken: async ({ host, realm, service, scopes }) => {
      const { token, expiresIn = SHORT, issuedAt = 0 } = await provider.token(host, { realm, service, scopes })
      return { token, expiresIn, issuedAt }
    },
    getTokenAuthority: async ({ host, salt }) => ({ publicKey: rawPublicKey(await provider.authority(host, salt)) }),
    verifyTokenAuthority: async ({ host, payload, salt }) => {
      const signature = sign(null, payload, await provider.authority(host, salt))
      return { signed: Buffer.concat([signature, payload]) }
    },
  })
}

class AuthProvider {
  readonly #options: AuthOptions
  readonly #known = new Map<string, { at: number; auth: Promise<AuthConfig> }>()
  readonly #shared = new Set<string>()

  constructor(options: AuthOptions) {
    this.#options = options
  }

  /** Kept for a while: a helper may be slow, and tokens that some give last five minutes. */
  async credentials(host: string): Promise<AuthConfig> {
    const found = await this.#ask(host)
    const isEmpty = Object.values(found).every((value) => !value)
    return isEmpty && HUB_BACKED.includes(host) ? this.#ask(HUB) : found
  }

  async token(
    host: string,
    request: Parameters<typeof fetchToken>[0],
  ): Promise<Awaited<ReturnType<typeof fetchToken>>> {
    const { http, signal } = this.#options
    const found = await this.credentials(host)
    if (found.registrytoken) return { token: found.registrytoken }
    if (credentialsOf(found).secret !== '') {
      const what = request.scopes.map((scope) => scope.replace(/^repository:/, '')).join(' ')
      this.share(`[auth] ${what} token for ${host}`)
    }
    return fetchToken(request, found, { http: await http(), clientId: 'buildkit-client', signal })
  }

  share(what: string): void {
    if (this.#shared.has(what)) return
    this.#shared.add(what)
    this.#options.onShare?.(what)
  }

  /** The key by which the daemon knows, in later builds, that whoever asks may use a token it has got: the same for the same account here. */
  async authority(host: string, salt: Uint8Array): Promise<KeyObject> {
    const { configDir, env } = this.#options
    if (isTrue(env.BUILDKIT_NO_CLIENT_TOKEN)) throw new GrpcError('Unavailable', 'client side tokens disabled')
    const hmac = createHmac('sha256', salt)
    if (credentialsOf(await this.credentials(host)).secret !== '') hmac.update(tokenSeed(configDir, host))
    return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, hmac.digest()]), format: 'der', type: 'pkcs8' })
  }

  #ask(host: string): Promise<AuthConfig> {
    const now = this.#options.now().getTime()
    const known = this.#known.get(host)
    if (known !== undefined && now - known.at < FRESH) return known.auth
    const asked = this.#options.credentials(host === HUB ? 'docker.io' : host)
    this.#known.set(host, { at: now, auth: asked })
    // Who asks again gets another answer.
    asked.catch(() => this.#known.delete(host))
    return asked
  }
}

function rawPublicKey(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
}

const HUB = 'registry-1.docker.io'
/** Registries of Docker's own that take accounts of its Hub (buildx dockerconfig). */
const HUB_BACKED = ['dhi.io', 'registry.scout.docker.com']
/** How long a token counts that does not say, in seconds. */
const SHORT = 60
const FRESH = 290_000
/** What comes before the 32 bytes of an Ed25519 key (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
