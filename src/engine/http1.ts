import { Http1Connection } from './http1-connection.ts'
import { inAbsoluteForm, MAX_IDLE, mayRepeat, type AbsoluteForm } from './http1-reuse.ts'
import { TransportError, type Connector, type Hijack, type Transport } from './transport.ts'

/** How to reach the server. */
export interface Http1Options {
  /** Opens connections for requests. */
  connect: Connector
  /** The Host header; a local socket has no host of its own. */
  host?: string
  /** Opens connections to be hijacked, where that is another way. */
  hijack?: Connector
  /** For a plain HTTP proxy: what goes before each path, and the proxy's own headers. */
  absolute?: AbsoluteForm
}

/**
 * A Transport over any byte stream: a small HTTP/1.1 client that keeps connections for the next request and reads
 * into one buffer.
 */
export function http1Transport({
  connect,
  host = 'api.moby.localhost',
  hijack = connect,
  absolute,
}: Http1Options): Transport {
  const all = new Set<Http1Connection>()
  const idle: Http1Connection[] = []
  let closed = false

  const free = (connection: Http1Connection) => {
    if (closed || idle.length >= MAX_IDLE) return connection.destroy()
    connection.unref()
    idle.push(connection)
  }
  const open = async (connector: Connector, signal: AbortSignal | undefined) => {
    const connection = await Http1Connection.open(connector, host, free, signal)
    for (const other of all) if (other.dead) all.delete(other)
    all.add(connection)
    if (closed) connection.destroy()
    return connection
  }
  const take = (): Http1Connection | undefined => {
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      if (!connection.usable) continue
      connection.ref()
      return connection
    }
    return undefined
  }
  const guard = () => {
    if (closed) throw new TransportError('transport/closed', 'the connection was closed')
  }

  return {
    async request(asked) {
      guard()
      const request = absolute === undefined ? asked : inAbsoluteForm(asked, absolute)
      const kept = take()
      if (kept === undefined) return (await open(connect, request.signal)).request(request)
      try {
        return await kept.request(request)
      } catch (error) {
        if (!mayRepeat(request, error)) throw error
        return (await open(connect, request.signal)).request(request)
      }
    },
    async hijack(request): Promise<Hijack> {
      guard()
      return (await open(hijack, request.signal)).hijack(request)
    },
    close() {
      closed = true
      for (const connection of all) connection.destroy()
      all.clear()
    },
  }
}
