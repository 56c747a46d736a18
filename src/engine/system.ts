import type { CallOptions } from './containers.ts'
import type { Engine } from './engine.ts'
import { jsonTexts } from './ndjson.ts'
import { encodeFilters, flag, type Filters } from './path.ts'
import type {
  AuthConfig,
  AuthResponse,
  DiskUsageType,
  EventMessage,
  SystemInfo,
  SystemVersion,
} from './types/system.ts'

/** The daemon itself. */
export class System {
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** What the daemon is made of, its versions. */
  version(options: CallOptions = {}): Promise<SystemVersion> {
    return this.#engine.json({ path: '/version', signal: options.signal })
  }

  /** How the daemon is set up and what it runs. */
  info(options: CallOptions = {}): Promise<SystemInfo> {
    return this.#engine.json({ path: '/info', signal: options.signal })
  }

  /** Disk usage by kind of object, in the daemon's own shape: daemons before 1.52 answer differently. */
  diskUsage<T>(options: CallOptions & { types?: readonly DiskUsageType[]; verbose?: boolean } = {}): Promise<T> {
    const query = { type: options.types, verbose: flag(options.verbose) }
    return this.#engine.json({ path: '/system/df', query, signal: options.signal })
  }

  /** Asks the registry, through the daemon, whether credentials are right. */
  auth(credentials: AuthConfig, options: CallOptions = {}): Promise<AuthResponse> {
    return this.#engine.json({ method: 'POST', path: '/auth', json: credentials, signal: options.signal })
  }

  /** Events as they happen; `since` and `until` are Unix times as text. */
  async *events(options: EventsOptions = {}): AsyncGenerator<EventMessage> {
    for await (const text of await this.eventTexts(options)) yield JSON.parse(text) as EventMessage
  }

  /** As `events`, each as the JSON text that the daemon sent; resolves once the daemon listens. */
  async eventTexts(options: EventsOptions = {}): Promise<AsyncIterable<string>> {
    const query = {
      since: options.since || undefined,
      until: options.until || undefined,
      filters: encodeFilters(options.filters),
    }
    const headers = { Accept: 'application/jsonl, application/x-ndjson;q=0.9, application/json-seq;q=0.5' }
    const response = await this.#engine.send({ path: '/events', query, headers, signal: options.signal })
    return jsonTexts(response.body)
  }
}

type EventsOptions = CallOptions & { since?: string | undefined; until?: string | undefined; filters?: Filters }
