import { pathStat, waitForExit } from './container-answers.ts'
import { encodeFilters, flag, objectId, type Filters } from './path.ts'
import type { CallOptions, EngineRequest, Requester } from './requester.ts'
import type { HijackedStream, RequestBody, TransportResponse } from './transport.ts'
import type {
  AttachOptions,
  ContainerChange,
  ContainerCreateBody,
  ContainerCreateResponse,
  ContainerInspect,
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

/** Containers of one engine; methods are named after the API operations. */
export class Containers {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists containers, running ones unless `all`. */
  async list(
    options: CallOptions & { all?: boolean; limit?: number; size?: boolean; filters?: Filters } = {},
  ): Promise<ContainerSummary[]> {
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

  /** Describes a container. */
  inspect(id: string, options: CallOptions & { size?: boolean } = {}): Promise<ContainerInspect> {
    return this.#requester.json(this.#inspect(id, options), wires.container)
  }

  /** Describes a container in the daemon's own JSON text. */
  inspectText(id: string, options: CallOptions & { size?: boolean } = {}): Promise<string> {
    return this.#requester.text(this.#inspect(id, options), wires.container)
  }

  /** Makes a container; `platform` is `os[/arch[/variant]]`. */
  create(
    body: ContainerCreateBody,
    options: CallOptions & { name?: string; platform?: string } = {},
  ): Promise<ContainerCreateResponse> {
    const query = { name: options.name || undefined, platform: options.platform || undefined }
    const { signal } = options
    const request = { method: 'POST', path: '/containers/create', query, json: body, signal }
    return this.#requester.json(request, wires.containerCreated)
  }

  /** Starts a container, from a checkpoint when one is named. */
  start(id: string, options: CallOptions & { checkpoint?: string; checkpointDir?: string } = {}): Promise<void> {
    const query = { checkpoint: options.checkpoint || undefined, 'checkpoint-dir': options.checkpointDir || undefined }
    return this.#post(id, 'start', query, options.signal)
  }

  /** Stops a container: its stop signal, and after `timeout` seconds the kill. */
  stop(id: string, options: CallOptions & { timeout?: number; stopSignal?: string } = {}): Promise<void> {
    return this.#post(id, 'stop', { t: options.timeout, signal: options.stopSignal || undefined }, options.signal)
  }

  /** Stops a container as `stop` does and starts it again. */
  restart(id: string, options: CallOptions & { timeout?: number; stopSignal?: string } = {}): Promise<void> {
    return this.#post(id, 'restart', { t: options.timeout, signal: options.stopSignal || undefined }, options.signal)
  }

  /** Sends a signal to a container's first process, KILL unless named. */
  kill(id: string, options: CallOptions & { killSignal?: string } = {}): Promise<void> {
    return this.#post(id, 'kill', { signal: options.killSignal || undefined }, options.signal)
  }

  /** Freezes a container's processes. */
  pause(id: string, options: CallOptions = {}): Promise<void> {
    return this.#post(id, 'pause', {}, options.signal)
  }

  /** Unpauses a container. */
  unpause(id: string, options: CallOptions = {}): Promise<void> {
    return this.#post(id, 'unpause', {}, options.signal)
  }

  /** Gives a container another name. */
  async rename(id: string, name: string, options: CallOptions = {}): Promise<void> {
    objectId('container', id)
    const trimmed = name.trim()
    if (trimmed.replace(/^\//, '') === '') throw new Error('new name cannot be blank')
    await this.#post(id, 'rename', { name: trimmed }, options.signal)
  }

  /** Removes a container, or with `link` a legacy link to it. */
  async remove(
    id: string,
    options: CallOptions & { volumes?: boolean; link?: boolean; force?: boolean } = {},
  ): Promise<void> {
    const query = { v: flag(options.volumes), link: flag(options.link), force: flag(options.force) }
    const path = `/containers/${objectId('container', id)}`
    await this.#requester.run({ method: 'DELETE', path, query, signal: options.signal })
  }

  /** Sets the size of a container's terminal. */
  resize(id: string, size: { height: number; width: number }, options: CallOptions = {}): Promise<void> {
    return this.#post(id, 'resize', { h: size.height, w: size.width }, options.signal)
  }

  /** Changes a container's limits and restart policy. */
  update(id: string, body: ContainerUpdateBody, options: CallOptions = {}): Promise<{ Warnings?: string[] | null }> {
    const path = `/containers/${objectId('container', id)}/update`
    const request = { method: 'POST', path, json: body, signal: options.signal }
    return this.#requester.json(request, wires.containerUpdated)
  }

  /**
   * Waits until a container is in a state. The outer promise resolves once the daemon has taken the request, so that
   * what must come after it (a start) can; `exited` resolves with the state.
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

  /** Connects to a container's streams; which of them, the options say. */
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

  /** A container's output so far, and what follows with `follow`; `since` and `until` are Unix times as text. */
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

  /** The processes of a container, as the host's `ps` with these arguments lists them. */
  async top(id: string, options: CallOptions & { args?: readonly string[] } = {}): Promise<ContainerTop> {
    const path = `/containers/${objectId('container', id)}/top`
    const args = options.args ?? []
    const query = { ps_args: args.length > 0 ? args.join(' ') : undefined }
    return this.#requester.json({ path, query, signal: options.signal }, wires.containerTop)
  }

  /** What differs between a container's files and its image's. */
  async changes(id: string, options: CallOptions = {}): Promise<ContainerChange[]> {
    const path = `/containers/${objectId('container', id)}/changes`
    const request = { path, signal: options.signal }
    return (await this.#requester.json<ContainerChange[] | null>(request, wires.containerChanges)) ?? []
  }

  /** Usage figures: one JSON object a second, or just one without `stream` (at once with `oneShot`). */
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

  /** A container's file system as a tar stream. */
  async export(id: string, options: CallOptions = {}): Promise<TransportResponse> {
    return this.#requester.send({ path: `/containers/${objectId('container', id)}/export`, signal: options.signal })
  }

  /** What a path inside a container is. */
  async statPath(id: string, path: string, options: CallOptions = {}): Promise<ContainerPathStat> {
    const url = `/containers/${objectId('container', id)}/archive`
    const response = await this.#requester.send({ method: 'HEAD', path: url, query: { path }, signal: options.signal })
    response.body.cancel()
    return await pathStat(response)
  }

  /** A path inside a container as a tar stream, with what it is. */
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

  /** Unpacks a tar stream into a directory inside a container. */
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

  /** Makes an image of a container; `repo` and `tag` are its normalized name. */
  commit(
    id: string,
    options: CallOptions & {
      repo?: string
      tag?: string
      comment?: string
      author?: string
      changes?: readonly string[]
      noPause?: boolean
      config?: unknown
    } = {},
  ): Promise<{ Id: string }> {
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

  /** Removes stopped containers. */
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
