import { createConnection, type NetConnectOpts } from 'node:net'
import type { Duplex } from 'node:stream'
import { onAbort } from '../engine/on-abort.ts'
import type { Connector, OnRead } from '../engine/transport.ts'

/**
 * Connects to a unix socket or a named pipe, which happens at once or not at all; the reads go straight into the reader's
 * buffer when it brings one.
 */
export function connectUnix(path: string): Connector {
  return (signal, onread) => open({ path }, signal, onread)
}

/**
 * Opens a `net.Socket`, resolved once connected; rejects with Node's error, with ETIMEDOUT after `timeout` milliseconds
 * when they are given, or with the signal's reason.
 */
export function open(
  options: NetConnectOpts,
  signal: AbortSignal | undefined,
  onread: OnRead | undefined,
  timeout?: number,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const socket = createConnection(onread === undefined ? options : { ...options, onread })
    const settle = (finish: () => void) => {
      if (timer !== undefined) clearTimeout(timer)
      socket.off('connect', onConnect).off('error', fail)
      release()
      finish()
    }
    const fail = (error: unknown) =>
      settle(() => {
        socket.on('error', () => undefined)
        socket.destroy()
        reject(error as Error)
      })
    const onConnect = () => settle(() => resolve(socket))
    const expire = () => fail(Object.assign(new Error('i/o timeout'), { code: 'ETIMEDOUT' }))
    // A process's first timer costs about half a millisecond.
    const timer = timeout === undefined ? undefined : setTimeout(expire, timeout)
    socket.on('connect', onConnect).on('error', fail)
    const release = onAbort(signal, () => fail(signal?.reason))
  })
}
