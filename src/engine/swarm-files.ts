import type { CallOptions } from './containers.ts'
import type { Engine } from './engine.ts'
import { encodeFilters, type Filters, objectId } from './path.ts'
import type { SwarmFile, SwarmFileSpec } from './types/swarm.ts'

/** Secrets or configs of the swarm that an engine manages: the API has the same operations for both. */
export class SwarmFiles {
  readonly #engine: Engine
  readonly #kind: 'secret' | 'config'

  constructor(engine: Engine, kind: 'secret' | 'config') {
    this.#engine = engine
    this.#kind = kind
  }

  /** Lists them. */
  async list(options: CallOptions & { filters?: Filters } = {}): Promise<SwarmFile[]> {
    const query = { filters: encodeFilters(options.filters) }
    const path = `/${this.#kind}s`
    return (await this.#engine.json<SwarmFile[] | null>({ path, query, signal: options.signal })) ?? []
  }

  /** Describes one in the daemon's own JSON text. */
  inspectText(id: string, options: CallOptions = {}): Promise<string> {
    return this.#engine.text({ path: this.#path(id), signal: options.signal })
  }

  /** Makes one and gives its ID. */
  async create(spec: SwarmFileSpec, options: CallOptions = {}): Promise<string> {
    const path = `/${this.#kind}s/create`
    return (await this.#engine.json<{ ID: string }>({ method: 'POST', path, json: spec, signal: options.signal })).ID
  }

  /** Removes one. */
  async remove(id: string, options: CallOptions = {}): Promise<void> {
    await this.#engine.run({ method: 'DELETE', path: this.#path(id), signal: options.signal })
  }

  #path(id: string): string {
    return `/${this.#kind}s/${objectId(this.#kind, id)}`
  }
}
