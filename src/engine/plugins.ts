import { encodeFilters, type Filters, flag, objectId } from './path.ts'
import type { CallOptions, Requester } from './requester.ts'
import type { RequestBody, TransportResponse } from './transport.ts'
import type { Plugin, PluginPrivilege } from './types/plugin.ts'
import { wires } from './wires.ts'

/** The plugins of one engine; methods are named after the API operations and throw as `Requester.json` does. */
export class Plugins {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists plugins: GET /plugins. */
  async list(options: CallOptions & { filters?: Filters } = {}): Promise<Plugin[]> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { path: '/plugins', query, signal: options.signal }
    return (await this.#requester.json<Plugin[] | null>(request, wires.plugins)) ?? []
  }

  /** As `inspect`, in the daemon's own JSON text. */
  inspectText(name: string, options: CallOptions = {}): Promise<string> {
    return this.#requester.text({ path: `${pathOf(name)}/json`, signal: options.signal }, wires.plugin)
  }

  /** Describes a plugin: GET /plugins/NAME/json. */
  inspect(name: string, options: CallOptions = {}): Promise<Plugin> {
    return this.#requester.json({ path: `${pathOf(name)}/json`, signal: options.signal }, wires.plugin)
  }

  /** Makes a plugin of a tar archive with `config.json` and `rootfs`: POST /plugins/create. */
  async create(name: string, archive: RequestBody, options: CallOptions = {}): Promise<void> {
    const headers = { 'Content-Type': 'application/x-tar' }
    await this.#requester.run({
      method: 'POST',
      path: '/plugins/create',
      query: { name },
      headers,
      body: archive,
      signal: options.signal,
    })
  }

  /** Enables a plugin; the daemon waits `timeout` seconds for it: POST /plugins/NAME/enable. */
  async enable(name: string, timeout: number | bigint, options: CallOptions = {}): Promise<void> {
    const query = { timeout: String(timeout) }
    await this.#requester.run({ method: 'POST', path: `${pathOf(name)}/enable`, query, signal: options.signal })
  }

  /** Disables a plugin, with `force` one in use too: POST /plugins/NAME/disable. */
  async disable(name: string, options: CallOptions & { force?: boolean } = {}): Promise<void> {
    const query = { force: flag(options.force) }
    await this.#requester.run({ method: 'POST', path: `${pathOf(name)}/disable`, query, signal: options.signal })
  }

  /** Removes a plugin, with `force` an enabled one too: DELETE /plugins/NAME. */
  async remove(name: string, options: CallOptions & { force?: boolean } = {}): Promise<void> {
    const query = { force: flag(options.force) }
    await this.#requester.run({ method: 'DELETE', path: pathOf(name), query, signal: options.signal })
  }

  /** Changes settings, each `KEY=VALUE`: POST /plugins/NAME/set. */
  async set(name: string, settings: readonly string[], options: CallOptions = {}): Promise<void> {
    await this.#requester.run({ method: 'POST', path: `${pathOf(name)}/set`, json: settings, signal: options.signal })
  }

  /** What the plugin that is `remote` in a registry wants to be allowed: GET /plugins/privileges. */
  privileges(remote: string, options: RegistryCall): Promise<PluginPrivilege[] | null> {
    const headers = { 'X-Registry-Auth': options.registryAuth }
    const request = { path: '/plugins/privileges', query: { remote }, headers, signal: options.signal }
    return this.#requester.json(request, wires.pluginPrivileges)
  }

  /**
   * POST /plugins/pull: downloads a plugin and grants it `privileges`; an empty `name` leaves it the remote one. Gives a
   * stream of progress.
   */
  pull(
    remote: string,
    name: string,
    privileges: readonly PluginPrivilege[] | null,
    options: RegistryCall,
  ): Promise<TransportResponse> {
    return this.#withAuth('/plugins/pull', { remote, name }, privileges, options)
  }

  /** POST /plugins/NAME/upgrade: puts what is `remote` in a registry in a plugin's place. Gives a stream of progress. */
  upgrade(
    name: string,
    remote: string,
    privileges: readonly PluginPrivilege[] | null,
    options: RegistryCall,
  ): Promise<TransportResponse> {
    return this.#withAuth(`${pathOf(name)}/upgrade`, { remote }, privileges, options)
  }

  /** Uploads a plugin: POST /plugins/NAME/push. Gives a stream of progress. */
  push(name: string, options: RegistryCall): Promise<TransportResponse> {
    return this.#withAuth(`${pathOf(name)}/push`, {}, undefined, options)
  }

  #withAuth(
    path: string,
    query: Record<string, string>,
    json: unknown,
    { registryAuth, signal }: RegistryCall,
  ): Promise<TransportResponse> {
    return this.#requester.send({
      method: 'POST',
      path,
      query,
      json,
      headers: { 'X-Registry-Auth': registryAuth },
      signal,
    })
  }
}

/** What a call that goes to a registry takes. */
interface RegistryCall extends CallOptions {
  /** Credentials, as `encodeAuth` gives them; empty for none. */
  registryAuth: string
}

function pathOf(name: string): string {
  return `/plugins/${objectId('plugin', name)}`
}
