import { encodeFilters, type Filters, flag, objectId } from './path.ts'
import type { CallOptions, EngineRequest, Requester } from './requester.ts'
import type { Sendable } from './sendable.ts'
import type { TransportResponse } from './transport.ts'
import type { LogsOptions } from './types/container.ts'
import type { ServiceCreateResponse, ServiceSpec, SwarmService } from './types/service.ts'
import type { SwarmTask } from './types/swarm.ts'
import { wires } from './wires.ts'

/** Those of a container's logs that a swarm knows; it takes no end of the time. */
type ServiceLogsOptions = Omit<LogsOptions, 'until'>

/** Services of the swarm that an engine manages, and their tasks. Methods throw as `Requester.json` does. */
export class Services {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Lists services: GET /services; `status` (API 1.41) adds how many of their tasks run. */
  async list(options: CallOptions & { filters?: Filters; status?: boolean } = {}): Promise<SwarmService[]> {
    const query = { filters: encodeFilters(options.filters), status: options.status === true ? 'true' : undefined }
    const request = { path: '/services', query, signal: options.signal }
    return (await this.#requester.json<SwarmService[] | null>(request, wires.services)) ?? []
  }

  /** As `inspect`, in the daemon's own JSON text. */
  inspectText(id: string, options: CallOptions & { insertDefaults?: boolean } = {}): Promise<string> {
    return this.#requester.text(this.#inspect(id, options), wires.service)
  }

  /** Describes a service: GET /services/ID; `insertDefaults` fills in what was left empty. */
  inspect(id: string, options: CallOptions & { insertDefaults?: boolean } = {}): Promise<SwarmService> {
    return this.#requester.json(this.#inspect(id, options), wires.service)
  }

  /**
   * Describes a service for `update` to send back changed: every whole number exact, a bigint beyond 2^53, and nothing that
   * this client does not know.
   */
  async inspectExact(id: string, options: CallOptions = {}): Promise<Sendable<SwarmService>> {
    const text = await this.inspectText(id, options)
    const { decode } = await import('../go/decode.ts')
    const service = decode(await wires.service(), text, { plainMaps: true }).raw as Sendable<SwarmService>
    // What a reply leaves out, Go has as the empty string.
    return { ...service, ID: service.ID ?? '' }
  }

  /**
   * Makes a service: POST /services/create; `registryAuth`, as `encodeAuth` gives it, is what its nodes pull the image
   * with.
   */
  async create(
    spec: Sendable<ServiceSpec>,
    options: CallOptions & { registryAuth?: string | undefined } = {},
  ): Promise<ServiceCreateResponse> {
    const request = { path: '/services/create', ...(await post(spec, options.registryAuth)), signal: options.signal }
    const answer = await this.#requester.json<Partial<ServiceCreateResponse>>(request, wires.serviceCreated)
    return { ID: answer.ID ?? '', Warnings: answer.Warnings ?? null }
  }

  /**
   * POST /services/ID/update: changes a service whose specification is at `version`; `rollback: 'previous'` brings the previous
   * one back instead. Gives the daemon's warnings.
   */
  async update(
    id: string,
    version: number | bigint,
    spec: Sendable<ServiceSpec>,
    options: UpdateOptions = {},
  ): Promise<string[]> {
    const { registryAuth, registryAuthFrom, rollback, signal } = options
    const path = `/services/${objectId('service', id)}/update`
    const query = { version: String(version), registryAuthFrom, rollback }
    const request = { path, query, ...(await post(spec, registryAuth)), signal }
    return (await this.#requester.json<{ Warnings: string[] | null }>(request, wires.serviceUpdated)).Warnings ?? []
  }

  /** Removes a service: DELETE /services/ID. */
  async remove(id: string, options: CallOptions = {}): Promise<void> {
    await this.#requester.run({
      method: 'DELETE',
      path: `/services/${objectId('service', id)}`,
      signal: options.signal,
    })
  }

  /** Lists tasks of services: GET /tasks. */
  async tasks(options: CallOptions & { filters?: Filters } = {}): Promise<SwarmTask[]> {
    const query = { filters: encodeFilters(options.filters) }
    const request = { path: '/tasks', query, signal: options.signal }
    return (await this.#requester.json<SwarmTask[] | null>(request, wires.tasks)) ?? []
  }

  /** Describes a task: GET /tasks/ID. */
  inspectTask(id: string, options: CallOptions = {}): Promise<SwarmTask> {
    return this.#requester.json({ path: `/tasks/${objectId('task', id)}`, signal: options.signal }, wires.task)
  }

  /**
   * GET /services/ID/logs: the output of all tasks so far, multiplexed but for a terminal's, and what follows with `follow`;
   * `details` name the task of each line, `since` is a Unix time as text.
   */
  logs(id: string, options: ServiceLogsOptions & CallOptions): Promise<TransportResponse> {
    const path = `/services/${objectId('service', id)}/logs`
    const query = { ...logsQuery(options), tail: options.tail === 'all' ? undefined : options.tail || undefined }
    return this.#requester.send({ path, query, signal: options.signal })
  }

  /** As `logs`, of one task: GET /tasks/ID/logs. */
  taskLogs(id: string, options: ServiceLogsOptions & CallOptions): Promise<TransportResponse> {
    const query = { ...logsQuery(options), tail: options.tail ?? 'all' }
    return this.#requester.send({ path: `/tasks/${id}/logs`, query, signal: options.signal })
  }

  #inspect(id: string, options: CallOptions & { insertDefaults?: boolean }): EngineRequest {
    const query = { insertDefaults: flag(options.insertDefaults) }
    return { path: `/services/${objectId('service', id)}`, query, signal: options.signal }
  }
}

/** How to change a service. */
interface UpdateOptions extends CallOptions {
  /** What the service's nodes pull the image with. */
  registryAuth?: string | undefined
  /** Where the daemon finds that where it is not sent. */
  registryAuthFrom?: 'spec' | 'previous-spec'
  /** Brings the previous specification back in place of the one sent. */
  rollback?: 'previous' | 'none'
}

/** A POST with the specification written as Go's client writes it: what is empty left out, maps sorted, no unknown fields. */
async function post(spec: Sendable<ServiceSpec>, registryAuth: string | undefined) {
  const [{ marshal }, { value }, { serviceSpec }] = await Promise.all([
    import('../go/json.ts'),
    import('../go/types.ts'),
    import('../wire/swarm-service.ts'),
  ])
  const headers = {
    'Content-Type': 'application/json',
    ...(registryAuth ? { 'X-Registry-Auth': registryAuth } : {}),
  }
  return { method: 'POST', body: marshal(value(serviceSpec, spec)), headers }
}

function logsQuery(options: ServiceLogsOptions) {
  return {
    stdout: flag(options.stdout),
    stderr: flag(options.stderr),
    since: options.since || undefined,
    timestamps: flag(options.timestamps),
    details: flag(options.details),
    follow: flag(options.follow),
  }
}
