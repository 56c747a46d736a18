import { Http1Connection } from './http1-connection.ts'
import { TransportError, type Connector, type Hijack, type Transport, type TransportRequest } from './transport.ts'

export interface Http1Options {
  connect: Connector
  /** The Host header; a local socket has no host of its own. */
  host?: string
}

/**
 * A Transport over any byte stream: a small HTTP/1.1 client that keeps connections for the next request and reads
 * into one buffer. For local sockets, and for hijacking on every kind of connection.
 */
export function http1Transport({ connect, host = 'api.moby.localhost' }: Http1Options): Transport {
  const all = new Set<Http1Connection>()
  const idle: Http1Connection[] = []
  let closed = false

  const free = (connection: Http1Connection) => {
    if (closed || idle.length >= MAX_IDLE) return connection.destroy()
    connection.hold(false)
    idle.push(connection)
  }
  const open = async (signal: AbortSignal | undefined) => {
    const connection = await Http1Connection.open(connect, host, free, signal)
    for (const other of all) if (other.dead) all.delete(other)
    all.add(connection)
    if (closed) connection.destroy()
    return connection
  }
  const take = (): Http1Connection | undefined => {
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      if (!connection.usable) continue
      connection.hold(true)
      return connection
    }
    return undefined
  }
  const guard = () => {
    if (closed) throw new TransportError('transport/closed', 'the connection was closed')
  }

  return {
    async request(request) {
      guard()
      const kept = take()
      if (kept === undefined) return (await open(request.signal)).request(request)
      try {
        return await kept.request(request)
      } catch (error) {
        if (!mayRepeat(request, error)) throw error
        return (await open(request.signal)).request(request)
      }
    },
    async hijack(request): Promise<Hijack> {
      guard()
      return (await open(request.signal)).hijack(request)
    },
    close() {
      closed = true
      for (const connection of all) connection.destroy()
      all.clear()
    },
  }
}

// A kept connection may turn out to have been closed meanwhile. What has no effect is asked again on a new one, as Go's
// http.Transport does.
function mayRepeat({ method, body, signal }: TransportRequest, error: unknown): boolean {
  if (signal?.aborted === true || body !== undefined) return false
  const { code } = error as Partial<TransportError>
  return (method === 'GET' || method === 'HEAD') && (code === 'transport/eof' || code === 'transport/broken')
}

const MAX_IDLE = 6
