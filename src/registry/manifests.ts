import { CliError, cliError, wrap } from '../errors/cli-error.ts'
import type { AuthConfig } from '../config/data.ts'
import { quote } from '../go/quote.ts'
import { formatReference, type Reference } from '../parse/reference.ts'
import { type RegistryEndpoint, registryEndpoints } from './endpoints.ts'
import { mayTryNext, responseError } from './errors.ts'
import { HttpClient, type HttpResponse, isPlainHttpServer } from './http.ts'
import {
  digestOf,
  type ImageManifest,
  type ManifestDocument,
  type ManifestPlatform,
  mediaTypes,
  parseManifest,
  platformOf,
} from './image-manifest.ts'
import { Session } from './session.ts'

export interface ManifestClientOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly userAgent: string
  readonly now: () => Date
  /** Certificates need not be right, and plain HTTP will do. */
  readonly insecure: boolean
  /** Credentials for a registry; those that cannot be had are none. */
  readonly auth: (domain: string) => Promise<AuthConfig>
  readonly signal: AbortSignal
}

/** Manifests in registries, without a daemon (docker/cli internal/registryclient). */
export class ManifestClient {
  private readonly options: ManifestClientOptions
  private readonly http: HttpClient
  private readonly sessions = new Map<string, Promise<Session>>()

  constructor(options: ManifestClientOptions) {
    this.options = options
    this.http = new HttpClient(options)
  }

  /** One image's manifest; throws for a list, and with code `registry/no-manifest` where there is none. */
  getImage(reference: Reference): Promise<ImageManifest> {
    return this.first(reference, async (session) => {
      const document = await this.fetch(session, reference.path, wanted(reference))
      if (document.kind === 'list') throw cliError(`${formatReference(reference)} is a manifest list`)
      return this.describe(session, reference, document)
    })
  }

  /** The images of a manifest list, each by its digest. */
  getList(reference: Reference): Promise<ImageManifest[]> {
    return this.first(reference, async (session) => {
      const document = await this.fetch(session, reference.path, wanted(reference))
      if (document.kind !== 'list') throw cliError(`unsupported manifest format: ${document.mediaType}`)
      checkDigest(reference, document.raw)
      const images: ImageManifest[] = []
      for (const { digest, platform } of document.manifests) {
        const member = await this.fetch(session, reference.path, digest)
        if (member.kind === 'list') throw cliError('unsupported manifest type: *manifestlist.DeserializedManifestList')
        const image = await this.describe(session, { ...reference, digest }, member)
        images.push({ ...image, descriptor: { ...image.descriptor, platform } })
      }
      return images.length > 0 ? images : undefined
    })
  }

  /** Writes a manifest under the reference's tag or, without one, its digest; gives the digest that the registry has it by. */
  async put(reference: Reference, mediaType: string, payload: Uint8Array): Promise<string> {
    const session = await this.writer(reference)
    const target = reference.tag ?? digestOf(payload)
    try {
      const response = await session.send(`/v2/${reference.path}/manifests/${target}`, {
        method: 'PUT',
        headers: { 'Content-Type': mediaType },
        body: payload,
      })
      checkStatus(response)
      const digest = response.headers['docker-content-digest'] ?? ''
      if (!/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,}$/.test(digest))
        throw cliError('invalid checksum digest format')
      return digest
    } catch (error) {
      throw wrap(error, `failed to put manifest ${formatReference(reference)}`)
    }
  }

  /** Makes a blob of repository `from` part of the reference's; false when the registry wants its bytes instead. */
  async mount(reference: Reference, from: string, digest: string): Promise<boolean> {
    const session = await this.writer(reference)
    const query = new URLSearchParams({ from, mount: digest }).toString()
    try {
      const response = await session.send(`/v2/${reference.path}/blobs/uploads/?${query}`, { method: 'POST' })
      if (response.status === 201) {
        await this.checkMounted(session, reference, digest)
        return true
      }
      if (response.status !== 202) throw responseError(response)
      await this.cancelUpload(session, response)
      return false
    } catch (error) {
      throw wrap(error, `failed to mount blob ${from}@${digest} to ${formatReference(reference)}`)
    }
  }

  close(): void {
    this.http.close()
  }

  /** The first endpoint's answer that is one; an endpoint that refuses may have a better one after it. */
  private async first<T>(reference: Reference, ask: (session: Session) => Promise<T | undefined>): Promise<T> {
    for (const endpoint of registryEndpoints(reference.domain, this.options.insecure)) {
      try {
        const found = await ask(await this.session(reference, endpoint, 'pull'))
        if (found !== undefined) return found
      } catch (error) {
        if ((error as CliError).code === 'registry/plain-http' || mayTryNext(error)) continue
        throw error
      }
    }
    throw new CliError(`no such manifest: ${formatReference(reference)}`, { code: 'registry/no-manifest' })
  }

  private writer(reference: Reference): Promise<Session> {
    const [endpoint] = registryEndpoints(reference.domain, this.options.insecure)
    return this.session(reference, endpoint!, 'pull,push')
  }

  /** One conversation for each repository, endpoint and purpose: its token serves for all requests. */
  private session(reference: Reference, endpoint: RegistryEndpoint, actions: string): Promise<Session> {
    const key = `${endpoint.base.href} ${reference.path} ${actions}`
    const known = this.sessions.get(key)
    if (known !== undefined) return known
    const opened = this.open(reference, endpoint, actions)
    this.sessions.set(key, opened)
    return opened
  }

  private async open(reference: Reference, { base, insecure }: RegistryEndpoint, actions: string): Promise<Session> {
    const { signal } = this.options
    const auth = await this.options.auth(reference.domain)
    const scope = `repository:${reference.path}:${actions}`
    const attempt = (url: URL): Promise<Session> => Session.open({ http: this.http, base: url, auth, scope, signal })
    try {
      return await attempt(base)
    } catch (error) {
      if (signal.aborted) throw error
      const isPlain = isPlainHttpServer(error)
      if (!isPlain || !insecure) {
        // The next endpoint is for a registry that answers otherwise, not for one that cannot be asked.
        const code = isPlain ? 'registry/plain-http' : 'registry/no-session'
        throw wrap(error, 'failed to configure transport: error pinging v2 registry', { code })
      }
      return attempt(new URL(base.href.replace(/^https:/, 'http:')))
    }
  }

  private async fetch(session: Session, path: string, target: string): Promise<ManifestDocument> {
    const accept = Object.values(mediaTypes).join(', ')
    const response = await session.send(`/v2/${path}/manifests/${target}`, { headers: { Accept: accept } })
    checkStatus(response)
    return parseManifest(response.headers['content-type'] ?? '', response.body)
  }

  /** Adds what only the image's configuration tells: its platform. */
  private async describe(
    session: Session,
    reference: Reference,
    { raw, mediaType, config }: ManifestDocument & { kind: 'image' },
  ): Promise<ImageManifest> {
    checkDigest(reference, raw)
    const response = await session.send(`/v2/${reference.path}/blobs/${config.digest}`)
    if (response.status === 404) throw cliError('unknown blob')
    checkStatus(response)
    if (digestOf(response.body) !== config.digest) {
      throw cliError(`image config verification failed for digest ${config.digest}`)
    }
    const platform = platformOf(JSON.parse(response.body.toString('utf8')) as Partial<ManifestPlatform>)
    const descriptor = { mediaType, digest: digestOf(raw), size: raw.length, platform }
    return { ref: formatReference(reference), descriptor, raw }
  }

  /** Asks for the blob where it is said to be now. */
  private async checkMounted(session: Session, { path }: Reference, digest: string): Promise<void> {
    const response = await session.send(`/v2/${path}/blobs/${digest}`, { method: 'HEAD' })
    if (response.status === 404) throw cliError('unknown blob')
    checkStatus(response)
  }

  private async cancelUpload(session: Session, { headers, url }: HttpResponse): Promise<void> {
    const { location } = headers
    if (location === undefined) return
    const upload = new URL(location, url)
    // The registry cleans up uploads that are never filled.
    await session.send(upload.pathname + upload.search, { method: 'DELETE' }).catch(() => undefined)
  }
}

function wanted(reference: Reference): string {
  const target = reference.tag ?? reference.digest
  if (target === undefined) throw cliError(`image manifest for ${quote(formatReference(reference))} does not exist`)
  return target
}

function checkDigest({ digest }: Reference, raw: Buffer): void {
  if (digest !== undefined && digest !== digestOf(raw)) {
    throw cliError(`manifest verification failed for digest ${digest}`)
  }
}

function checkStatus(response: HttpResponse): void {
  if (response.status < 200 || response.status > 399) throw responseError(response)
}
