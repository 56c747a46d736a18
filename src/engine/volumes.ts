import { encodeFilters, type Filters, flag, objectId } from './path.ts'
import type { CallOptions, Requester } from './requester.ts'
import type { PruneVolumesReport, Volume, VolumeCreateBody } from './types/volume.ts'
import { wires } from './wires.ts'

/** Volumes of one engine; methods are named after the API operations and throw as `Requester.json` does. */
export class Volumes {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists volumes: GET /volumes. */
  async list(options: CallOptions & { filters?: Filters } = {}): Promise<Volume[]> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { path: '/volumes', query, signal: options.signal }
    return (await this.#requester.json<{ Volumes: Volume[] | null }>(request, wires.volumes)).Volumes ?? []
  }

  /** As `inspect`, in the daemon's own JSON text. */
  inspectText(name: string, options: CallOptions = {}): Promise<string> {
    return this.#requester.text({ path: `/volumes/${objectId('volume', name)}`, signal: options.signal }, wires.volume)
  }

  /** Describes a volume: GET /volumes/NAME. */
  inspect(name: string, options: CallOptions = {}): Promise<Volume> {
    return this.#requester.json({ path: `/volumes/${objectId('volume', name)}`, signal: options.signal }, wires.volume)
  }

  /** Makes a volume, or gives the one of that name: POST /volumes/create; `ClusterVolumeSpec` from API 1.42 on. */
  create(body: VolumeCreateBody, options: CallOptions = {}): Promise<Volume> {
    const request = { method: 'POST', path: '/volumes/create', json: body, signal: options.signal }
    return this.#requester.json(request, wires.volume)
  }

  /** Removes a volume that no container uses: DELETE /volumes/NAME. */
  async remove(name: string, options: CallOptions & { force?: boolean } = {}): Promise<void> {
    const path = `/volumes/${objectId('volume', name)}`
    await this.#requester.send({
      method: 'DELETE',
      path,
      query: { force: flag(options.force) },
      signal: options.signal,
    })
  }

  /**
   * Removes volumes that no container uses, from API 1.42 on only anonymous ones unless filtered by `all`: POST
   * /volumes/prune.
   */
  prune(options: CallOptions & { filters?: Filters } = {}): Promise<PruneVolumesReport> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { method: 'POST', path: '/volumes/prune', query, signal: options.signal }
    return this.#requester.json(request, wires.volumesPruned)
  }

  /** Changes a cluster volume whose specification is at `version`: PUT /volumes/NAME, API 1.42. */
  async update(id: string, version: number, spec: unknown, options: CallOptions = {}): Promise<void> {
    const path = `/volumes/${objectId('volume', id)}`
    await this.#requester.send({
      method: 'PUT',
      path,
      query: { version },
      json: { Version: { Index: version }, Spec: spec },
      signal: options.signal,
    })
  }
}
