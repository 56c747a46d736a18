import { TransportError, type TransportRequest, type TransportResponse } from './transport.ts'

/** A connection that carries requests one after the other. */
export interface PooledConnection {
  /** Whether it can take a request now. */
  readonly usable: boolean
  /** Nothing can go over it any more. */
  readonly dead: boolean
  /** Sends a request, as a RequestTransport does; resolves with the response's head. */
  request(request: TransportRequest): Promise<TransportResponse>
  /** Breaks it, and what it carries. */
  destroy(): void
  /** Keeps the process running while the connection is open. */
  ref(): void
  /** Lets the process end while the connection is open. */
  unref(): void
}

/** Opens a connection, which tells `onFree` each time it is ready for another request. */
export type OpenConnection<C> = (onFree: (connection: C) => void, signal?: AbortSignal) => Promise<C>

/** The connections to one server: idle ones are kept for the next request, and one that turns out to be closed is replaced. */
export class ConnectionPool<C extends PooledConnection> {
  readonly #open: OpenConnection<C>
  readonly #all = new Set<C>()
  readonly #idle: C[] = []
  /** How many there may be before those that are dead are looked for again. */
  #room = MAX_IDLE
  #closed = false

  constructor(open: OpenConnection<C>) {
    this.#open = open
  }

  /** Sends a request over an idle connection or a new one. */
  async request(request: TransportRequest): Promise<TransportResponse> {
    const kept = this.#take()
    if (kept === undefined) return (await this.open(request.signal)).request(request)
    try {
      return await kept.request(request)
    } catch (error) {
      if (!mayRepeat(request, error)) throw error
      return (await this.open(request.signal)).request(request)
    }
  }

  /** A new connection, opened as the pool's own are or by `open`; throws a TransportError once the pool is closed. */
  async open(signal?: AbortSignal, open: OpenConnection<C> = this.#open): Promise<C> {
    if (this.#closed) throw closedError()
    const connection = await open((free) => this.#keep(free), signal)
    if (this.#all.size >= this.#room) this.#forgetDead()
    this.#all.add(connection)
    if (this.#closed) connection.destroy()
    return connection
  }

  /** Breaks all connections; what is asked for later fails. */
  close(): void {
    this.#closed = true
    for (const connection of this.#all) connection.destroy()
    this.#all.clear()
  }

  #take(): C | undefined {
    if (this.#closed) throw closedError()
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (!connection.usable) continue
      connection.ref()
      return connection
    }
    return undefined
  }

  #forgetDead(): void {
    for (const connection of this.#all) if (connection.dead) this.#all.delete(connection)
    this.#room = Math.max(MAX_IDLE, 2 * this.#all.size)
  }

  #keep(connection: C): void {
    if (this.#closed || this.#idle.length >= MAX_IDLE) return connection.destroy()
    connection.unref()
    this.#idle.push(connection)
  }
}

/** The error of a request on a connection that we closed. */
export function closedError(): TransportError {
  return new TransportError('transport/closed', 'the connection was closed')
}

// A kept connection may have been closed meanwhile. As Go's http.Transport does, a request is made again on a new one where it
// has no effect and nothing was answered.
function mayRepeat({ method, body, signal }: TransportRequest, error: unknown): boolean {
  if (signal?.aborted === true || body !== undefined) return false
  const { code } = error as Partial<TransportError>
  return (method === 'GET' || method === 'HEAD') && (code === 'transport/eof' || code === 'transport/broken')
}

const MAX_IDLE = 6
