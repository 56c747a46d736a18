import { createConnection } from 'node:net'
import type { Bun, BunPlace, BunSocket, BunSocketHandlers } from '../../src/runtime/bun.ts'

/**
 * Bun's `connect` upon Node's sockets: it takes a write in part, and the rest when it has said `drain`; after `shutdown` it tells of
 * the other's end by `close` alone.
 */
export const fakeBun: Bun = {
  connect: ({ socket: handlers, ...place }) => connect(place, handlers),
  file: () => {
    throw new Error('no files here')
  },
}

function connect(place: BunPlace, handlers: BunSocketHandlers): Promise<BunSocket> {
  return new Promise((resolve, reject) => {
    const callback = (size: number, buffer: Uint8Array): boolean => {
      handlers.data(handle, Buffer.from(buffer.subarray(0, size)))
      return true
    }
    const to = 'unix' in place ? { path: place.unix } : { host: place.hostname, port: place.port }
    // A stream that failed gives no more data; this way it does.
    const socket = createConnection({ ...to, onread: { buffer: Buffer.alloc(65_536), callback } })
    const handle: BunSocket = {
      write(data) {
        if (socket.destroyed || socket.writableEnded) return -1
        if (socket.writableLength > 0) return 0
        // The writer may use its memory again.
        const taken = Uint8Array.prototype.slice.call(data, 0, PART)
        socket.write(taken, (error) => (error ? undefined : handlers.drain(handle)))
        return taken.length
      },
      shutdown: () => void socket.end(),
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
      setKeepAlive: (on, delay) => void socket.setKeepAlive(on, delay),
      ref: () => void socket.ref(),
      unref: () => void socket.unref(),
      terminate: () => void socket.destroy(),
    }
    let failure: Error | undefined
    socket.once('error', reject)
    socket.on('connect', () => {
      socket.off('error', reject)
      // Bun gives what has come before it says that a write failed.
      const { _writableState, _readableState } = socket as unknown as Record<string, { autoDestroy: boolean }>
      for (const state of [_writableState, _readableState]) state!.autoDestroy = false
      socket.resume()
      socket.on('end', () => {
        if (!socket.writableEnded) handlers.end(handle)
        socket.destroy()
      })
      socket.on('error', (error) => {
        failure = error
        setTimeout(() => socket.destroy(), 20)
      })
      socket.on('close', () => handlers.close(handle, failure))
      resolve(handle)
    })
  })
}

/** The most that is taken at once. */
const PART = 40_000
