import { isEngineError } from './errors.ts'
import { buildQuery, encodeRegistryConfig, type ImageBuildOptions } from './image-build.ts'
import { base64Url } from '../go/base64.ts'
import { toJson } from '../go/json-data.ts'
import { encodeFilters, flag, type Filters, type Query } from './path.ts'
import { readReply } from './reply.ts'
import type { CallOptions, EngineRequest, Requester } from './requester.ts'
import type { RequestBody, TransportResponse } from './transport.ts'
import type {
  DistributionInspect,
  ImageHistoryItem,
  ImageImportOptions,
  ImageInspect,
  ImageListOptions,
  ImageRemoveItem,
  ImageSummary,
  PruneImagesReport,
  SearchResult,
} from './types/image.ts'
import type { Platform } from './types/platform.ts'
import type { JsonMessage } from './types/system.ts'
import { isOlder } from './version.ts'
import { wires } from './wires.ts'

/** Credentials for a registry, sent with the request as the header X-Registry-Auth. */
export interface AuthOptions {
  /** The header's value, see `encodeAuth`; without one the registry is asked anonymously. */
  registryAuth?: string | undefined
  /** Asked once for other credentials when the registry refuses the first ones. */
  askAuth?: (() => Promise<string>) | undefined
}

/**
 * Images of one engine; names are the normalized ones (`docker.io/library/busybox`) where the API wants them so. Methods throw
 * as `Requester.json` does, and an Error where the daemon is too old for an option.
 */
export class Images {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists images: GET /images/json; `sharedSize` from API 1.42 on, `manifests` from 1.47 on, `identity` throws before 1.54. */
  async list(options: CallOptions & ImageListOptions = {}): Promise<ImageSummary[]> {
    const { signal } = options
    if (options.identity === true) await this.#requester.requires('1.54', 'identity', signal)
    const manifests = options.manifests === true && !isOlder(await this.#requester.apiVersion(signal), '1.47')
    const query = {
      all: flag(options.all),
      filters: encodeFilters(options.filters),
      'shared-size': flag(options.sharedSize),
      manifests: flag(manifests || options.identity === true),
      identity: flag(options.identity),
    }
    return (
      (await this.#requester.json<ImageSummary[] | null>({ path: '/images/json', query, signal }, wires.images)) ?? []
    )
  }

  /** Describes an image: GET /images/NAME/json; throws for `manifests` before API 1.48 and for `platform` before 1.49. */
  async inspect(name: string, options: InspectOptions = {}): Promise<ImageInspect> {
    return this.#requester.json(await this.#inspect(name, options), wires.image)
  }

  /** As `inspect`, in the daemon's own JSON text. */
  async inspectText(name: string, options: InspectOptions = {}): Promise<string> {
    return this.#requester.text(await this.#inspect(name, options), wires.image)
  }

  /**
   * Pulls an image: POST /images/create; `tag` is a tag or digest, without one every tag is pulled. Gives a stream of
   * progress.
   */
  async pull(
    name: string,
    options: CallOptions & AuthOptions & { tag?: string; platform?: string } = {},
  ): Promise<TransportResponse> {
    const query = { fromImage: name, tag: options.tag, platform: options.platform || undefined }
    return this.#withAuth({ method: 'POST', path: '/images/create', query, signal: options.signal }, options)
  }

  /** POST /images/NAME/push: pushes an image, or without `tag` every tag of it; `platform` throws before API 1.46. */
  async push(
    name: string,
    options: CallOptions & AuthOptions & { tag?: string; platform?: Platform } = {},
  ): Promise<TransportResponse> {
    if (options.platform !== undefined) await this.#requester.requires('1.46', 'platform', options.signal)
    const query = { tag: options.tag, platform: encodePlatform(options.platform) }
    return this.#withAuth({ method: 'POST', path: `/images/${name}/push`, query, signal: options.signal }, options)
  }

  /** As `pull`, but gives the messages; throws ProgressError where the daemon reports that it failed. */
  async *pullProgress(...call: Parameters<Images['pull']>): AsyncGenerator<JsonMessage> {
    yield* await progress(this.pull(...call))
  }

  /** As `push`, but gives the messages; throws ProgressError where the daemon reports that it failed. */
  async *pushProgress(...call: Parameters<Images['push']>): AsyncGenerator<JsonMessage> {
    yield* await progress(this.push(...call))
  }

  /** As `load`, but gives the messages; throws ProgressError where the daemon reports that it failed. */
  async *loadProgress(...call: Parameters<Images['load']>): AsyncGenerator<JsonMessage> {
    yield* await progress(this.load(...call))
  }

  /** POST /images/create: makes an image of a tar stream (`name` is `-`) or of a URL that the daemon fetches. */
  async import(
    source: { name: string; body?: RequestBody },
    options: CallOptions & ImageImportOptions = {},
  ): Promise<TransportResponse> {
    const query = {
      fromSrc: source.name || undefined,
      repo: options.repo || undefined,
      message: options.message || undefined,
      platform: options.platform || undefined,
      changes: options.changes,
    }
    const body = source.body === undefined ? {} : { body: source.body }
    return this.#requester.send({ method: 'POST', path: '/images/create', query, ...body, signal: options.signal })
  }

  /** DELETE /images/NAME: removes a name and, when it was the last, the image; `platforms` (API 1.50) only those parts. */
  async remove(
    name: string,
    options: CallOptions & { force?: boolean; prune?: boolean; platforms?: readonly Platform[] } = {},
  ): Promise<ImageRemoveItem[]> {
    const query = {
      force: flag(options.force),
      noprune: flag(options.prune !== true),
      platforms: encodePlatforms(options.platforms),
    }
    const request = { method: 'DELETE', path: `/images/${name}`, query, signal: options.signal }
    return (await this.#requester.json<ImageRemoveItem[] | null>(request, wires.imagesDeleted)) ?? []
  }

  /** Gives an image another name, normalized into `repo` and `tag`: POST /images/NAME/tag. */
  async tag(source: string, target: { repo: string; tag?: string }, options: CallOptions = {}): Promise<void> {
    const query = { repo: target.repo, tag: target.tag || undefined }
    await this.#requester.run({ method: 'POST', path: `/images/${source}/tag`, query, signal: options.signal })
  }

  /** The steps an image was made of: GET /images/NAME/history; throws for `platform` before API 1.48. */
  async history(name: string, options: CallOptions & { platform?: Platform } = {}): Promise<ImageHistoryItem[]> {
    if (options.platform !== undefined) await this.#requester.requires('1.48', 'platform', options.signal)
    const query = { platform: encodePlatform(options.platform) }
    const request = { path: `/images/${name}/history`, query, signal: options.signal }
    return (await this.#requester.json<ImageHistoryItem[] | null>(request, wires.imageHistory)) ?? []
  }

  /** Images as one tar stream: GET /images/get; throws for `platforms` before API 1.48. */
  async save(
    names: readonly string[],
    options: CallOptions & { platforms?: readonly Platform[] } = {},
  ): Promise<TransportResponse> {
    const platform = encodePlatforms(options.platforms)
    if (platform !== undefined) await this.#requester.requires('1.48', 'platform', options.signal)
    return this.#requester.send({ path: '/images/get', query: { names, platform }, signal: options.signal })
  }

  /** Loads images from a tar stream: POST /images/load; throws for `platforms` before API 1.48. Gives a stream of progress. */
  async load(
    body: RequestBody,
    options: CallOptions & { quiet?: boolean; platforms?: readonly Platform[] } = {},
  ): Promise<TransportResponse> {
    const platform = encodePlatforms(options.platforms)
    if (platform !== undefined) await this.#requester.requires('1.48', 'platform', options.signal)
    const query = { quiet: options.quiet === true ? '1' : '0', platform }
    const headers = { 'Content-Type': 'application/x-tar' }
    return this.#requester.send({ method: 'POST', path: '/images/load', query, headers, body, signal: options.signal })
  }

  /**
   * POST /build: builds an image with the daemon's classic builder; `context` is a tar archive, packed with gzip, bzip2 or xz or
   * not. The answer is a message stream, the image's ID in an `aux` message of it.
   */
  build(context: RequestBody, options: ImageBuildOptions = {}): Promise<TransportResponse> {
    const headers = { 'Content-Type': 'application/x-tar', 'X-Registry-Config': encodeRegistryConfig(options.auths) }
    const query = buildQuery(options)
    return this.#requester.send({
      method: 'POST',
      path: '/build',
      query,
      headers,
      body: context,
      signal: options.signal,
    })
  }

  /** As `build`, but gives the messages; throws ProgressError where the daemon reports that it failed. */
  async *buildProgress(...call: Parameters<Images['build']>): AsyncGenerator<JsonMessage> {
    yield* await progress(this.build(...call))
  }

  /** Searches the registry that the daemon knows, for at most `limit` results: GET /images/search. */
  async search(
    term: string,
    options: CallOptions & AuthOptions & { limit?: number; filters?: Filters } = {},
  ): Promise<SearchResult[]> {
    const limit = options.limit !== undefined && options.limit > 0 ? options.limit : undefined
    const query: Query = { term, limit, filters: encodeFilters(options.filters) }
    const { body } = await this.#withAuth({ path: '/images/search', query, signal: options.signal }, options)
    const reply = readReply<SearchResult[] | null>(body, 'GET /images/search', wires.searchResults())
    return (await reply) ?? []
  }

  /** Asks an image's registry, through the daemon, for its digest and platforms: GET /distribution/NAME/json. */
  distribution(
    name: string,
    options: CallOptions & { registryAuth?: string | undefined } = {},
  ): Promise<DistributionInspect> {
    const headers = authHeader(options.registryAuth)
    return this.#requester.json(
      { path: `/distribution/${name}/json`, ...headers, signal: options.signal },
      wires.distribution,
    )
  }

  /** Removes images that nothing uses, dangling ones unless filtered: POST /images/prune. Gives the bytes freed, too. */
  prune(options: CallOptions & { filters?: Filters } = {}): Promise<PruneImagesReport> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { method: 'POST', path: '/images/prune', query, signal: options.signal }
    return this.#requester.json(request, wires.imagesPruned)
  }

  async #inspect(name: string, options: InspectOptions): Promise<EngineRequest> {
    if (name === '') throw new Error('Error: No such image: ')
    if (options.manifests === true) await this.#requester.requires('1.48', 'manifests', options.signal)
    if (options.platform !== undefined) await this.#requester.requires('1.49', 'platform', options.signal)
    const query = { manifests: flag(options.manifests), platform: encodePlatform(options.platform) }
    return { path: `/images/${name}/json`, query, signal: options.signal }
  }

  async #withAuth(request: EngineRequest, { registryAuth, askAuth }: AuthOptions): Promise<TransportResponse> {
    try {
      return await this.#requester.send({ ...request, ...authHeader(registryAuth) })
    } catch (error) {
      if (askAuth === undefined || !isEngineError(error, 401)) throw error
      return this.#requester.send({ ...request, ...authHeader(await askAuth()) })
    }
  }
}

function authHeader(auth: string | undefined): { headers?: Record<string, string> } {
  return auth ? { headers: { 'X-Registry-Auth': auth } } : {}
}

async function progress(response: Promise<TransportResponse>): Promise<AsyncGenerator<JsonMessage>> {
  const { body } = await response
  return (await import('./typed-streams.ts')).checkedProgress(body)
}

/** What to say of an image beside the rest. */
interface InspectOptions extends CallOptions {
  /** Adds the image's parts; API 1.48. */
  manifests?: boolean
  /** The part of a multi-platform image to describe; API 1.49. */
  platform?: Platform
}

/** The `X-Registry-Auth` header's value for credentials: their JSON in base64url, padded. */
export function encodeAuth(auth: object): string {
  return base64Url(toJson(auth))
}

function encodePlatform(platform: Platform | undefined): string | undefined {
  return platform === undefined ? undefined : toJson(platform)
}

function encodePlatforms(platforms: readonly Platform[] | undefined): string[] | undefined {
  return platforms === undefined || platforms.length === 0
    ? undefined
    : [...new Set(platforms.map((platform) => toJson(platform)))]
}
