import { encodeFilters, type Filters, objectId } from './path.ts'
import type { CallOptions, Requester } from './requester.ts'
import type { SecretConfig, SecretConfigSpec } from './types/swarm.ts'
import { wires } from './wires.ts'

/** What secrets and configs have in common: the API has the same operations for both. Methods throw as `Requester.json` does. */
class SecretsConfigs {
  readonly #requester: Requester
  readonly #kind: 'secret' | 'config'

  constructor(requester: Requester, kind: 'secret' | 'config') {
    this.#requester = requester
    this.#kind = kind
  }

  /** Lists them: GET /secrets or /configs. */
  async list(options: CallOptions & { filters?: Filters } = {}): Promise<SecretConfig[]> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { path: `/${this.#kind}s`, query, signal: options.signal }
    return (await this.#requester.json<SecretConfig[] | null>(request, wires[`${this.#kind}s`])) ?? []
  }

  /** As `inspect`, in the daemon's own JSON text. */
  inspectText(id: string, options: CallOptions = {}): Promise<string> {
    return this.#requester.text({ path: this.#path(id), signal: options.signal }, wires[this.#kind])
  }

  /** Describes one: GET /secrets/ID or /configs/ID. */
  inspect(id: string, options: CallOptions = {}): Promise<SecretConfig> {
    return this.#requester.json({ path: this.#path(id), signal: options.signal }, wires[this.#kind])
  }

  /** Makes one and gives its ID: POST /secrets/create or /configs/create. */
  async create(spec: SecretConfigSpec, options: CallOptions = {}): Promise<string> {
    const request = { method: 'POST', path: `/${this.#kind}s/create`, json: spec, signal: options.signal }
    return (await this.#requester.json<{ ID: string }>(request, wires[`${this.#kind}Created`])).ID
  }

  /** Changes one that is at `version`: POST /secrets/ID/update or /configs/ID/update. The daemon takes no other data. */
  async update(id: string, version: number, spec: SecretConfigSpec, options: CallOptions = {}): Promise<void> {
    const query = { version: String(version) }
    const path = `${this.#path(id)}/update`
    await this.#requester.run({ method: 'POST', path, query, json: spec, signal: options.signal })
  }

  /** Removes one that no service uses: DELETE /secrets/ID or /configs/ID. */
  async remove(id: string, options: CallOptions = {}): Promise<void> {
    await this.#requester.run({ method: 'DELETE', path: this.#path(id), signal: options.signal })
  }

  #path(id: string): string {
    return `/${this.#kind}s/${objectId(this.#kind, id)}`
  }
}

/** The secrets of the swarm that an engine manages. */
export class Secrets extends SecretsConfigs {
  constructor(requester: Requester) {
    super(requester, 'secret')
  }
}

/** The configs of the swarm that an engine manages. */
export class Configs extends SecretsConfigs {
  constructor(requester: Requester) {
    super(requester, 'config')
  }
}
