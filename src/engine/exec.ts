import { objectId } from './path.ts'
import type { CallOptions, Requester } from './requester.ts'
import type { HijackedStream } from './transport.ts'
import type { ExecCreateBody, ExecInspect, ExecStartBody } from './types/exec.ts'
import { wires } from './wires.ts'

/** Processes run inside running containers. Methods throw as `Requester.json` does. */
export class Exec {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Prepares a process in a container: POST /containers/ID/exec. Nothing runs before `start` or `attach`. */
  create(container: string, body: ExecCreateBody, options: CallOptions = {}): Promise<{ Id: string }> {
    const path = `/containers/${objectId('container', container)}/exec`
    const request = { method: 'POST', path, json: body, signal: options.signal }
    return this.#requester.json(request, wires.identified)
  }

  /** Starts a prepared process and leaves it to itself: POST /exec/ID/start with `Detach`. */
  async start(id: string, body: ExecStartBody, options: CallOptions = {}): Promise<void> {
    await this.#requester.run({ method: 'POST', path: `/exec/${id}/start`, json: body, signal: options.signal })
  }

  /** Starts a prepared process and connects to its streams, multiplexed unless it has a terminal: POST /exec/ID/start. */
  async attach(id: string, body: ExecStartBody, options: CallOptions = {}): Promise<HijackedStream> {
    return this.#requester.hijack({ path: `/exec/${id}/start`, json: body, signal: options.signal })
  }

  /** Sets the size of a process's terminal in rows and columns: POST /exec/ID/resize. */
  async resize(id: string, size: { height: number; width: number }, options: CallOptions = {}): Promise<void> {
    const query = { h: size.height, w: size.width }
    const path = `/exec/${objectId('exec', id)}/resize`
    await this.#requester.run({ method: 'POST', path, query, signal: options.signal })
  }

  /** Describes a process, its exit code when it has ended: GET /exec/ID/json. */
  inspect(id: string, options: CallOptions = {}): Promise<ExecInspect> {
    return this.#requester.json({ path: `/exec/${id}/json`, signal: options.signal }, wires.exec)
  }
}
