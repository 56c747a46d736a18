import { jsonMessages, jsonBatches } from './ndjson.ts'
import { encodeFilters, flag, type Filters } from './path.ts'
import type { CallOptions, Requester } from './requester.ts'
import type { ResponseBody } from './transport.ts'
import type { LegacyDiskUsage, SystemDiskUsage } from './types/disk-usage.ts'
import type {
  AuthConfig,
  AuthResponse,
  DiskUsageType,
  EventMessage,
  PruneBuildCacheReport,
  SystemInfo,
  SystemVersion,
} from './types/system.ts'
import { isOlder } from './version.ts'
import { wires } from './wires.ts'

/** The daemon itself; methods throw as `Requester.json` does. */
export class System {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** The versions of the daemon and its components: GET /version. */
  version(options: CallOptions = {}): Promise<SystemVersion> {
    return this.#requester.json({ path: '/version', signal: options.signal }, wires.version)
  }

  /** How the daemon is set up and what it runs: GET /info. */
  info(options: CallOptions = {}): Promise<SystemInfo> {
    return this.#requester.json({ path: '/info', signal: options.signal }, wires.info)
  }

  /** As `info`, in the daemon's own JSON text. */
  infoText(options: CallOptions = {}): Promise<string> {
    return this.#requester.text({ path: '/info', signal: options.signal }, wires.info)
  }

  /** Disk usage by kind of object in bytes: GET /system/df; `types` from API 1.42 on, before 1.52 in the legacy shape. */
  diskUsage(
    options: CallOptions & { types?: readonly DiskUsageType[]; verbose?: boolean } = {},
  ): Promise<SystemDiskUsage & LegacyDiskUsage> {
    const query = { type: options.types, verbose: flag(options.verbose) }
    const request = { path: '/system/df', query, signal: options.signal }
    const wire = async () => {
      const version = await this.#requester.apiVersion(options.signal).catch(() => this.#requester.currentVersion)
      return isOlder(version, '1.52') ? wires.legacyDiskUsage() : wires.diskUsage()
    }
    return this.#requester.json(request, wire)
  }

  /**
   * Removes unused build cache: POST /build/prune, API 1.31 and newer. Gives the ids of the records removed and the bytes freed;
   * throws an EngineError.
   */
  async pruneBuildCache(options: PruneBuildCacheOptions = {}): Promise<PruneBuildCacheReport> {
    const { all, reservedSpace, filters, signal } = options
    // Daemons before API 1.48 know the space to keep by another name.
    const isOld = reservedSpace !== undefined && isOlder(await this.#requester.apiVersion(signal), '1.48')
    const query = {
      all: flag(all),
      [isOld ? 'keep-storage' : 'reserved-space']: reservedSpace ? String(reservedSpace) : undefined,
      filters: encodeFilters(filters),
    }
    return this.#requester.json({ method: 'POST', path: '/build/prune', query, signal }, wires.buildCachePruned)
  }

  /**
   * Asks the registry, through the daemon, whether credentials are right: POST /auth. Throws EngineError (401) where they
   * are not.
   */
  auth(credentials: AuthConfig, options: CallOptions = {}): Promise<AuthResponse> {
    const request = { method: 'POST', path: '/auth', json: credentials, signal: options.signal }
    return this.#requester.json(request, wires.auth)
  }

  /** Events as they happen, with `since` those before too: GET /events. Ends at `until`, if that is set. */
  async *events(options: EventsOptions = {}): AsyncGenerator<EventMessage> {
    yield* jsonMessages<EventMessage>(await this.eventBody(options), wires.event)
  }

  /** As `events`, as the JSON texts that the daemon sent, those that came together in one list; resolves once the daemon listens. */
  async eventTexts(options: EventsOptions = {}): Promise<AsyncIterable<string[]>> {
    return jsonBatches(await this.eventBody(options))
  }

  /** The stream of events itself; resolves once the daemon listens. */
  async eventBody(options: EventsOptions): Promise<ResponseBody> {
    const query = {
      since: options.since || undefined,
      until: options.until || undefined,
      filters: encodeFilters(options.filters),
    }
    const headers = { Accept: 'application/jsonl, application/x-ndjson;q=0.9, application/json-seq;q=0.5' }
    const response = await this.#requester.send({ path: '/events', query, headers, signal: options.signal })
    return response.body
  }
}

/** Which events to give. */
interface EventsOptions extends CallOptions {
  /** A Unix time as text, `1700000000.000000001`. */
  since?: string | undefined
  /** A Unix time as text. */
  until?: string | undefined
  /** By `type`, `event`, `container`, `label` and the like. */
  filters?: Filters
}

/** Which build cache to remove. */
export interface PruneBuildCacheOptions extends CallOptions {
  /** Also what is not dangling. */
  all?: boolean | undefined
  /** Bytes of cache to keep. */
  reservedSpace?: number | bigint | undefined
  /** Records by `until`, `id`, `type`, `inuse`, `shared` and the like. */
  filters?: Filters | undefined
}
