import { pathStat, waitForExit } from './container-answers.ts'
import { encodeFilters, flag, objectId, type Filters } from './path.ts'
import type { CallOptions, EngineRequest, Requester } from './requester.ts'
import type { HijackedStream, RequestBody, TransportResponse } from './transport.ts'
import type {
  AttachOptions,
  CommitOptions,
  ContainerChange,
  ContainerCreateBody,
  ContainerCreateResponse,
  ContainerInspect,
  ContainerListOptions,
  ContainerPathStat,
  ContainerSummary,
  ContainerTop,
  ContainerUpdateBody,
  ContainerWaitResponse,
  LogsOptions,
  PruneContainersReport,
  WaitCondition,
} from './types/container.ts'
import type { ContainerStats } from './types/stats.ts'
import type { LogChunk } from './typed-streams.ts'
import { wires } from './wires.ts'

/** Containers of one engine; methods are named after the API operations and throw as `Requester.json` does. */
export class Containers {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists containers, running ones unless `all`, `limit` newest ones, sizes with `size`: GET /containers/json. */
  async list(options: CallOptions & ContainerListOptions = {}): Promise<ContainerSummary[]> {
    const { all, limit, size, filters, signal } = options
    const query = {
      all: flag(all),
      limit: limit !== undefined && limit > 0 ? limit : undefined,
      size: flag(size),
      filters: encodeFilters(filters),
    }
    const request = { path: '/containers/json', query, signal }
    return (await this.#requester.json<ContainerSummary[] | null>(request, wires.containers)) ?? []
  }

  /** Describes a container, its sizes in bytes too with `size`: GET /containers/ID/json. */
  inspect(id: string, options: CallOptions & { size?: boolean } = {}): Promise<ContainerInspect> {
    return this.#requester.json(this.#inspect(id, options), wires.container)
  }

  /** As `inspect`, in the daemon's own JSON text. */
  inspectText(id: string, options: CallOptions & { size?: boolean } = {}): Promise<string> {
    return this.#requester.text(this.#inspect(id, options), wires.container)
  }

  /** Makes a container: POST /containers/create; `platform` is `os[/arch[/variant]]` (API 1.41). */
  create(
    body: ContainerCreateBody,
    options: CallOptions & { name?: string; platform?: string } = {},
  ): Promise<ContainerCreateResponse> {
    const query = { name: options.name || undefined, platform: options.platform || undefined }
    const { signal } = options
    const request = { method: 'POST', path: '/containers/create', query, json: body, signal }
    return this.#requester.json(request, wires.containerCreated)
  }

  /** Starts a container, from a checkpoint when one is named: POST /containers/ID/start. */
  start(id: string, options: CallOptions & { checkpoint?: string; checkpointDir?: string } = {}): Promise<void> {
    const query = { checkpoint: options.checkpoint || undefined, 'checkpoint-dir': options.checkpointDir || undefined }
    return this.#post(id, 'start', query, options.signal)
  }

  /** POST /containers/ID/stop: `stopSignal` (API 1.42) or its own, and KILL after `timeout` seconds (-1: never). */
  stop(id: string, options: CallOptions & { timeout?: number; stopSignal?: string } = {}): Promise<void> {
    return this.#post(id, 'stop', { t: options.timeout, signal: options.stopSignal || undefined }, options.signal)
  }

  /** Stops a container as `stop` does and starts it again: POST /containers/ID/restart. */
  restart(id: string, options: CallOptions & { timeout?: number; stopSignal?: string } = {}): Promise<void> {
    return this.#post(id, 'restart', { t: options.timeout, signal: options.stopSignal || undefined }, options.signal)
  }

  /** Sends a container's first process a signal, KILL unless named: POST /containers/ID/kill. */
  kill(id: string, options: CallOptions & { killSignal?: string } = {}): Promise<void> {
    return this.#post(id, 'kill', { signal: options.killSignal || undefined }, options.signal)
  }

  /** Freezes a container's processes: POST /containers/ID/pause. */
  pause(id: string, options: CallOptions = {}): Promise<void> {
    return this.#post(id, 'pause', {}, options.signal)
  }

  /** Lets paused processes go on: POST /containers/ID/unpause. */
  unpause(id: string, options: CallOptions = {}): Promise<void> {
    return this.#post(id, 'unpause', {}, options.signal)
  }

  /** Gives a container another name: POST /containers/ID/rename. Throws for a blank name. */
  async rename(id: string, name: string, options: CallOptions = {}): Promise<void> {
    objectId('container', id)
    const trimmed = name.trim()
    if (trimmed.replace(/^\//, '') === '') throw new Error('new name cannot be blank')
    await this.#post(id, 'rename', { name: trimmed }, options.signal)
  }

  /** DELETE /containers/ID: with `force` a running one, with `volumes` its anonymous ones, with `link` just a legacy link. */
  async remove(
    id: string,
    options: CallOptions & { volumes?: boolean; link?: boolean; force?: boolean } = {},
  ): Promise<void> {
    const query = { v: flag(options.volumes), link: flag(options.link), force: flag(options.force) }
    const path = `/containers/${objectId('container', id)}`
    await this.#requester.run({ method: 'DELETE', path, query, signal: options.signal })
  }

  /** Sets the size of a container's terminal in rows and columns: POST /containers/ID/resize. */
  resize(id: string, size: { height: number; width: number }, options: CallOptions = {}): Promise<void> {
    return this.#post(id, 'resize', { h: size.height, w: size.width }, options.signal)
  }

  /** Changes a container's limits and restart policy: POST /containers/ID/update. Gives the daemon's warnings. */
  update(id: string, body: ContainerUpdateBody, options: CallOptions = {}): Promise<{ Warnings?: string[] | null }> {
    const path = `/containers/${objectId('container', id)}/update`
    const request = { method: 'POST', path, json: body, signal: options.signal }
    return this.#requester.json(request, wires.containerUpdated)
  }

  /**
   * POST /containers/ID/wait: waits until a container is in a state. The outer promise resolves once the daemon has taken the
   * request, so that what must come after it (a start) can; `exited` resolves with the exit code, and throws as `json` does.
   */
  async wait(
    id: string,
    options: CallOptions & { condition?: WaitCondition } = {},
  ): Promise<{ exited: Promise<ContainerWaitResponse> }> {
    const path = `/containers/${objectId('container', id)}/wait`
    const query = { condition: options.condition }
    const response = await this.#requester.send({ method: 'POST', path, query, signal: options.signal })
    const exited = waitForExit(response.body, `POST ${path}`)
    // A caller that fails before it looks at the result must not bring the process down.
    exited.catch(() => undefined)
    return { exited }
  }

  /** POST /containers/ID/attach: connects to the streams named; output is multiplexed unless the container has a terminal. */
  async attach(id: string, options: AttachOptions & CallOptions): Promise<HijackedStream> {
    const path = `/containers/${objectId('container', id)}/attach`
    const query = {
      stream: flag(options.stream),
      stdin: flag(options.stdin),
      stdout: flag(options.stdout),
      stderr: flag(options.stderr),
      logs: flag(options.logs),
      detachKeys: options.detachKeys || undefined,
    }
    return this.#requester.hijack({ path, query, headers: { 'Content-Type': 'text/plain' }, signal: options.signal })
  }

  /** GET /containers/ID/logs: the output so far, and what follows with `follow`; multiplexed unless there is a terminal. */
  async logs(id: string, options: LogsOptions & CallOptions): Promise<TransportResponse> {
    const path = `/containers/${objectId('container', id)}/logs`
    const query = {
      stdout: flag(options.stdout),
      stderr: flag(options.stderr),
      since: options.since || undefined,
      until: options.until || undefined,
      timestamps: flag(options.timestamps),
      details: flag(options.details),
      follow: flag(options.follow),
      tail: options.tail === 'all' ? undefined : options.tail || undefined,
    }
    return this.#requester.send({ path, query, signal: options.signal })
  }

  /** As `logs`, but gives the output itself, each part with its stream; asks for the container's terminal unless told of it. */
  async *logChunks(id: string, options: LogsOptions & CallOptions & { tty?: boolean }): AsyncGenerator<LogChunk> {
    const tty = options.tty ?? (await this.inspect(id, { signal: options.signal })).Config?.Tty === true
    yield* (await import('./typed-streams.ts')).logChunks((await this.logs(id, options)).body, tty)
  }

  /** The processes of a container, as the host's `ps` with these arguments lists them: GET /containers/ID/top. */
  async top(id: string, options: CallOptions & { args?: readonly string[] } = {}): Promise<ContainerTop> {
    const path = `/containers/${objectId('container', id)}/top`
    const args = options.args ?? []
    const query = { ps_args: args.length > 0 ? args.join(' ') : undefined }
    return this.#requester.json({ path, query, signal: options.signal }, wires.containerTop)
  }

  /** What differs between a container's files and its image's: GET /containers/ID/changes. */
  async changes(id: string, options: CallOptions = {}): Promise<ContainerChange[]> {
    const path = `/containers/${objectId('container', id)}/changes`
    const request = { path, signal: options.signal }
    return (await this.#requester.json<ContainerChange[] | null>(request, wires.containerChanges)) ?? []
  }

  /** GET /containers/ID/stats: a JSON object a second, or just one without `stream` (at once with `oneShot`, API 1.41). */
  async stats(
    id: string,
    options: CallOptions & { stream?: boolean; oneShot?: boolean } = {},
  ): Promise<TransportResponse> {
    const path = `/containers/${objectId('container', id)}/stats`
    const stream = options.stream === true
    const query = { stream: String(stream), 'one-shot': !stream && options.oneShot === true ? 'true' : undefined }
    return this.#requester.send({ path, query, signal: options.signal })
  }

  /** As `stats`, but gives the samples: one a second until left, or just one with `stream: false`. */
  async *statsSamples(id: string, options: Parameters<Containers['stats']>[1] = {}): AsyncGenerator<ContainerStats> {
    yield* (await import('./typed-streams.ts')).statsSamples((await this.stats(id, { stream: true, ...options })).body)
  }

  /** A container's file system as a tar stream: GET /containers/ID/export. */
  async export(id: string, options: CallOptions = {}): Promise<TransportResponse> {
    return this.#requester.send({ path: `/containers/${objectId('container', id)}/export`, signal: options.signal })
  }

  /** What a path inside a container is: HEAD /containers/ID/archive. */
  async statPath(id: string, path: string, options: CallOptions = {}): Promise<ContainerPathStat> {
    const url = `/containers/${objectId('container', id)}/archive`
    const response = await this.#requester.send({ method: 'HEAD', path: url, query: { path }, signal: options.signal })
    response.body.cancel()
    return await pathStat(response)
  }

  /** A path inside a container as a tar stream, with what it is: GET /containers/ID/archive. */
  async getArchive(
    id: string,
    path: string,
    options: CallOptions = {},
  ): Promise<{ stat: ContainerPathStat; response: TransportResponse }> {
    const url = `/containers/${objectId('container', id)}/archive`
    const response = await this.#requester.send({ path: url, query: { path }, signal: options.signal })
    try {
      return { stat: await pathStat(response), response }
    } catch (error) {
      response.body.cancel()
      throw new Error(`unable to get resource stat from response: ${(error as Error).message}`, { cause: error })
    }
  }

  /** PUT /containers/ID/archive: unpacks a tar stream (plain, gzip, bzip2 or xz) into a directory; `copyUidGid` keeps owners. */
  async putArchive(
    id: string,
    path: string,
    content: RequestBody,
    options: CallOptions & { allowOverwriteDirWithFile?: boolean; copyUidGid?: boolean } = {},
  ): Promise<void> {
    const url = `/containers/${objectId('container', id)}/archive`
    const query = {
      path,
      noOverwriteDirNonDir: options.allowOverwriteDirWithFile === true ? undefined : 'true',
      copyUIDGID: options.copyUidGid === true ? 'true' : undefined,
    }
    await this.#requester.run({ method: 'PUT', path: url, query, body: content, signal: options.signal })
  }

  /** POST /commit: makes an image of a container, paused meanwhile; `repo` and `tag` are its normalized name. */
  commit(id: string, options: CallOptions & CommitOptions = {}): Promise<{ Id: string }> {
    const query = {
      container: objectId('container', id),
      repo: options.repo || undefined,
      tag: options.tag || undefined,
      comment: options.comment || undefined,
      author: options.author || undefined,
      changes: options.changes,
      pause: options.noPause === true ? '0' : undefined,
    }
    const request = { method: 'POST', path: '/commit', query, json: options.config, signal: options.signal }
    return this.#requester.json(request, wires.identified)
  }

  /** Removes stopped containers: POST /containers/prune. Gives their IDs and the bytes freed. */
  prune(options: CallOptions & { filters?: Filters } = {}): Promise<PruneContainersReport> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { method: 'POST', path: '/containers/prune', query, signal: options.signal }
    return this.#requester.json(request, wires.containersPruned)
  }

  #inspect(id: string, options: CallOptions & { size?: boolean }): EngineRequest {
    const path = `/containers/${objectId('container', id)}/json`
    return { path, query: { size: flag(options.size) }, signal: options.signal }
  }

  async #post(id: string, verb: string, query: EngineRequest['query'], signal: AbortSignal | undefined): Promise<void> {
    const path = `/containers/${objectId('container', id)}/${verb}`
    await this.#requester.run({ method: 'POST', path, ...(query === undefined ? {} : { query }), signal })
  }
}
