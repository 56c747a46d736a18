import { createConnection, type NetConnectOpts } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Connector, OnRead } from '../engine/transport.ts'

/** Connects to a unix socket; the reads go straight into the reader's buffer when it brings one. */
export function connectUnix(path: string): Connector {
  return (signal, onread) => open({ path }, signal, onread, DIAL_TIMEOUT)
}

/**
 * Opens a `net.Socket`, resolved once connected; rejects with Node's error, with ETIMEDOUT after `timeout` milliseconds,
 * or with the signal's reason.
 */
export function open(
  options: NetConnectOpts,
  signal: AbortSignal | undefined,
  onread: OnRead | undefined,
  timeout: number,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const socket = createConnection(onread === undefined ? options : { ...options, onread })
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      socket.off('connect', onConnect).off('error', fail)
      signal?.removeEventListener('abort', onAbort)
      finish()
    }
    const fail = (error: unknown) =>
      settle(() => {
        socket.on('error', () => undefined)
        socket.destroy()
        reject(error as Error)
      })
    const onConnect = () => settle(() => resolve(socket))
    const onAbort = () => fail(signal?.reason)
    const timer = setTimeout(() => fail(Object.assign(new Error('i/o timeout'), { code: 'ETIMEDOUT' })), timeout)
    socket.on('connect', onConnect).on('error', fail)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

const DIAL_TIMEOUT = 10_000
