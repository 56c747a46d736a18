import type { Http2Session } from 'node:http2'
import type { Duplex } from 'node:stream'

/**
 * Lets a connection that was paused deliver again, once HTTP/2 has taken it over, which does not see to that. Not by `resume()`: what
 * has been read already has to stay for HTTP/2.
 */
export function startReading(socket: Duplex): void {
  socket.read(0)
}

/**
 * Destroys a session, though not before the next turn: until then, what had been read of its connection waits to be handed to it, and
 * Node throws, beyond all handlers, where it finds none.
 */
export function destroyNext(session: Http2Session): void {
  setImmediate(() => session.destroy())
}
