import type { Duplex } from 'node:stream'

/**
 * Lets a connection that was paused deliver again, once HTTP/2 has taken it over, which does not see to that. Not by `resume()`: what
 * has been read already has to stay for HTTP/2.
 */
export function startReading(socket: Duplex): void {
  socket.read(0)
}
