import { Duplex } from 'node:stream'
import { bun } from './bun.ts'

/**
 * What HTTP/2 is given for a connection. Bun's reads the system's socket and not the stream, where what was read before lies: it gets
 * a stream that has no socket below.
 */
export function http2Socket(socket: Duplex): Duplex {
  if (bun === undefined) return socket
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Uint8Array, _encoding, callback) => void socket.write(chunk, callback),
    final: (callback) => void socket.end(callback),
    destroy: (error, callback) => {
      socket.destroy()
      callback(error)
    },
  })
  socket.on('data', (chunk: Uint8Array) => {
    if (!stream.push(chunk)) socket.pause()
  })
  socket.on('end', () => stream.push(null))
  socket.on('error', (error) => stream.destroy(error))
  socket.on('close', () => stream.destroy())
  return stream
}
