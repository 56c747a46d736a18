import { encodeFilters, type Filters, flag, objectId } from './path.ts'
import type { CallOptions, EngineRequest, Requester } from './requester.ts'
import type { SwarmService } from './types/service.ts'
import type { SwarmTask } from './types/swarm.ts'
import { wires } from './wires.ts'

/** Services of the swarm that an engine manages, and their tasks; methods are named after the API operations. */
export class Services {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists services; `status` adds how many of their tasks run. */
  async list(options: CallOptions & { filters?: Filters; status?: boolean } = {}): Promise<SwarmService[]> {
    const query = { filters: encodeFilters(options.filters), status: options.status === true ? 'true' : undefined }
    const request = { path: '/services', query, signal: options.signal }
    return (await this.#requester.json<SwarmService[] | null>(request, wires.services)) ?? []
  }

  /** Describes a service in the daemon's own JSON text; `insertDefaults` fills in what was left empty. */
  inspectText(id: string, options: CallOptions & { insertDefaults?: boolean } = {}): Promise<string> {
    return this.#requester.text(this.#inspect(id, options), wires.service)
  }

  /** Describes a service; `insertDefaults` as for `inspectText`. */
  inspect(id: string, options: CallOptions & { insertDefaults?: boolean } = {}): Promise<SwarmService> {
    return this.#requester.json(this.#inspect(id, options), wires.service)
  }

  /** Removes a service. */
  async remove(id: string, options: CallOptions = {}): Promise<void> {
    await this.#requester.run({
      method: 'DELETE',
      path: `/services/${objectId('service', id)}`,
      signal: options.signal,
    })
  }

  /** Lists tasks of services. */
  async tasks(options: CallOptions & { filters?: Filters } = {}): Promise<SwarmTask[]> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { path: '/tasks', query, signal: options.signal }
    return (await this.#requester.json<SwarmTask[] | null>(request, wires.tasks)) ?? []
  }

  #inspect(id: string, options: CallOptions & { insertDefaults?: boolean }): EngineRequest {
    const query = { insertDefaults: flag(options.insertDefaults) }
    return { path: `/services/${objectId('service', id)}`, query, signal: options.signal }
  }
}
