import { createConnection, type NetConnectOpts } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connector, OnRead } from '../engine/transport.ts'

/** Connects to a unix socket; the reads go straight into the reader's buffer when it brings one. */
export function connectUnix(path: string): Connector {
  return (signal, onread) => open({ path }, signal, onread)
}

/** Opens a `net.Socket`, resolved once connected; rejects with Node's error, or the signal's reason. */
export function open(options: NetConnectOpts, signal?: AbortSignal, onread?: OnRead): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const socket = createConnection(onread === undefined ? options : { ...options, onread })
    const settle = () => {
      socket.off('connect', onConnect)
      socket.off('error', onError)
      signal?.removeEventListener('abort', onAbort)
    }
    const onConnect = () => {
      settle()
      resolve(socket)
    }
    const onError = (error: Error) => {
      settle()
      reject(error)
    }
    const onAbort = () => {
      settle()
      socket.on('error', () => undefined)
      socket.destroy()
      reject(signal?.reason as Error)
    }
    socket.on('connect', onConnect)
    socket.on('error', onError)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
