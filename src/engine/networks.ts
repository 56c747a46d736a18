import { encodeFilters, type Filters, objectId } from './path.ts'
import type { CallOptions, EngineRequest, Requester } from './requester.ts'
import type { EndpointSettings, NetworkCreateBody, NetworkSummary, PruneNetworksReport } from './types/network.ts'
import { wires } from './wires.ts'

/** Networks of one engine; methods are named after the API operations and throw as `Requester.json` does. */
export class Networks {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists networks: GET /networks. */
  async list(options: CallOptions & { filters?: Filters } = {}): Promise<NetworkSummary[]> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { path: '/networks', query, signal: options.signal }
    return (await this.#requester.json<NetworkSummary[] | null>(request, wires.networks)) ?? []
  }

  /** As `inspect`, in the daemon's own JSON text; `verbose` adds a swarm's services and tasks. */
  inspectText(id: string, options: CallOptions & { verbose?: boolean; scope?: string } = {}): Promise<string> {
    return this.#requester.text(this.#inspect(id, options), wires.network)
  }

  /** Describes a network, of that `scope` (`local`, `swarm`, `global`) where several have the name: GET /networks/ID. */
  inspect(id: string, options: CallOptions & { scope?: string } = {}): Promise<NetworkSummary> {
    return this.#requester.json(this.#inspect(id, options), wires.network)
  }

  /** Makes a network and gives its ID: POST /networks/create. */
  create(body: NetworkCreateBody, options: CallOptions = {}): Promise<{ Id: string; Warning?: string }> {
    const request = { method: 'POST', path: '/networks/create', json: body, signal: options.signal }
    return this.#requester.json(request, wires.networkCreated)
  }

  /** Attaches a container to a network: POST /networks/ID/connect. */
  async connect(id: string, container: string, endpoint: EndpointSettings, options: CallOptions = {}): Promise<void> {
    const path = `/networks/${objectId('network', id)}/connect`
    const json = { Container: objectId('container', container), EndpointConfig: endpoint }
    await this.#requester.send({ method: 'POST', path, json, signal: options.signal })
  }

  /** Detaches a container from a network, with `force` one that is gone, too: POST /networks/ID/disconnect. */
  async disconnect(id: string, container: string, options: CallOptions & { force?: boolean } = {}): Promise<void> {
    const path = `/networks/${objectId('network', id)}/disconnect`
    const json = { Container: objectId('container', container), Force: options.force ?? false }
    await this.#requester.send({ method: 'POST', path, json, signal: options.signal })
  }

  /** Removes a network: DELETE /networks/ID. */
  async remove(id: string, options: CallOptions = {}): Promise<void> {
    await this.#requester.send({
      method: 'DELETE',
      path: `/networks/${objectId('network', id)}`,
      signal: options.signal,
    })
  }

  /** Removes every network that no container uses, and gives their names: POST /networks/prune. */
  prune(options: CallOptions & { filters?: Filters } = {}): Promise<PruneNetworksReport> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { method: 'POST', path: '/networks/prune', query, signal: options.signal }
    return this.#requester.json(request, wires.networksPruned)
  }

  #inspect(id: string, options: CallOptions & { verbose?: boolean; scope?: string }): EngineRequest {
    const query = { verbose: options.verbose === true ? 'true' : undefined, scope: options.scope }
    return { path: `/networks/${objectId('network', id)}`, query, signal: options.signal }
  }
}
