import { objectId } from './path.ts'
import type { CallOptions, Requester } from './requester.ts'
import { wires } from './wires.ts'

/** Saved states of running containers, of daemons with experimental features. Methods throw as `Requester.json` does. */
export class Checkpoints {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /**
   * Saves a container's state as `id`, in `folder` of the daemon's host where one is named, and stops the container with
   * `exit`: POST /containers/ID/checkpoints.
   */
  async create(
    container: string,
    checkpoint: { id: string; folder?: string; exit: boolean },
    options: CallOptions = {},
  ): Promise<void> {
    const path = `/containers/${objectId('container', container)}/checkpoints`
    const json = {
      CheckpointID: checkpoint.id,
      CheckpointDir: checkpoint.folder ?? '',
      Exit: checkpoint.exit,
    }
    await this.#requester.run({ method: 'POST', path, json, signal: options.signal })
  }

  /** Lists a container's checkpoints: GET /containers/ID/checkpoints. */
  async list(container: string, options: CallOptions & { folder?: string } = {}): Promise<{ Name: string }[]> {
    const query = { dir: options.folder || undefined }
    const path = `/containers/${container}/checkpoints`
    const request = { path, query, signal: options.signal }
    return (await this.#requester.json<{ Name: string }[] | null>(request, wires.checkpoints)) ?? []
  }

  /** Removes a checkpoint: DELETE /containers/ID/checkpoints/NAME. */
  async remove(container: string, id: string, options: CallOptions & { folder?: string } = {}): Promise<void> {
    const path = `/containers/${objectId('container', container)}/checkpoints/${id}`
    const query = { dir: options.folder || undefined }
    await this.#requester.run({ method: 'DELETE', path, query, signal: options.signal })
  }
}
