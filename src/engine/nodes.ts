import { encodeFilters, type Filters, flag, objectId } from './path.ts'
import type { CallOptions, Requester } from './requester.ts'
import type { NodeSpec, SwarmNode } from './types/swarm.ts'
import { wires } from './wires.ts'

/** Nodes of the swarm that an engine manages; others answer with 503. Methods throw as `Requester.json` does. */
export class Nodes {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists nodes: GET /nodes. */
  async list(options: CallOptions & { filters?: Filters } = {}): Promise<SwarmNode[]> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { path: '/nodes', query, signal: options.signal }
    return (await this.#requester.json<SwarmNode[] | null>(request, wires.nodes)) ?? []
  }

  /** As `inspect`, in the daemon's own JSON text. */
  inspectText(id: string, options: CallOptions = {}): Promise<string> {
    return this.#requester.text({ path: `/nodes/${objectId('node', id)}`, signal: options.signal }, wires.node)
  }

  /** Describes a node: GET /nodes/ID. */
  inspect(id: string, options: CallOptions = {}): Promise<SwarmNode> {
    return this.#requester.json({ path: `/nodes/${objectId('node', id)}`, signal: options.signal }, wires.node)
  }

  /**
   * Changes a node: POST /nodes/ID/update. The daemon refuses where `version`, the `Version.Index` inspected, is not the
   * latest.
   */
  async update(id: string, version: number, spec: NodeSpec, options: CallOptions = {}): Promise<void> {
    const path = `/nodes/${objectId('node', id)}/update`
    await this.#requester.run({ method: 'POST', path, query: { version }, json: spec, signal: options.signal })
  }

  /** Removes a node from the swarm, with `force` one that is not down, too: DELETE /nodes/ID. */
  async remove(id: string, options: CallOptions & { force?: boolean } = {}): Promise<void> {
    const path = `/nodes/${objectId('node', id)}`
    await this.#requester.run({ method: 'DELETE', path, query: { force: flag(options.force) }, signal: options.signal })
  }
}
