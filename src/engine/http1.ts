import { inAbsoluteForm, type AbsoluteForm } from './absolute-form.ts'
import { ConnectionPool, type OpenConnection } from './connection-pool.ts'
import { Http1Connection } from './http1-connection.ts'
import type { Connector, Hijack, Transport } from './transport.ts'

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
  const pool = new ConnectionPool<Http1Connection>((onFree, signal) =>
    Http1Connection.open(connect, host, onFree, signal),
  )
  // What went another way is no good for the requests that follow: they are for a proxy, its credentials included.
  const openOnce: OpenConnection<Http1Connection> = (_, signal) =>
    Http1Connection.open(hijack, host, (connection) => connection.destroy(), signal)
  const openForHijack = hijack === connect ? undefined : openOnce
  return {
    request: (request) => pool.request(inAbsoluteForm(request, absolute)),
    async hijack(request): Promise<Hijack> {
      const connection = await pool.open(request.signal, openForHijack)
      return connection.hijack(request)
    },
    close: () => pool.close(),
  }
}
