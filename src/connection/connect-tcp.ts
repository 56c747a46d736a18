import { isIP, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls, type ConnectionOptions, type PeerCertificate } from 'node:tls'
import type { Connector, OnRead } from '../engine/transport.ts'
import { bun } from '../runtime/bun.ts'
import { open } from './connect-unix.ts'
import { splitHostPort } from './host.ts'
import type { Proxy } from './proxy.ts'
import type { TlsSocketOptions } from '../tls/socket-options.ts'

export interface TcpTarget {
  host: string
  port: number
  /** Wraps the connection in TLS. */
  tls?: TlsSocketOptions
  /** Goes through a proxy by CONNECT. */
  tunnel?: Tunnel
  /** Says when a certificate was found to be out of its time. */
  now: () => Date
}

/** A proxy to go through, and for `https` the TLS to speak with it. */
export interface Tunnel extends Proxy {
  tls?: TlsSocketOptions
}

/** Connects over TCP, through a proxy's tunnel and inside TLS as the target says. */
export function connectTcp({ host, port, tls, tunnel, now }: TcpTarget): Connector {
  return async (signal, onread) => {
    if (tunnel === undefined && tls === undefined) return openTcp(host, port, signal, onread)
    const socket =
      tunnel === undefined ? await openTcp(host, port, signal) : await openTunnel(tunnel, { host, port, now }, signal)
    return tls === undefined ? socket : secure(socket, { host, now }, { ...tls, ALPNProtocols: ['http/1.1'] }, signal)
  }
}

async function openTcp(host: string, port: number, signal?: AbortSignal, onread?: OnRead): Promise<Duplex> {
  if (port > MAX_PORT) throw new Error(`dial tcp: address ${port}: invalid port`)
  const keepAlive = { keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE }
  // Node gives each of a name's addresses a quarter of a second, too little for a far host.
  const perAddress = { autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT }
  try {
    return await open({ host, port, noDelay: true, ...keepAlive, ...perAddress }, signal, onread, DIAL_TIMEOUT)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') Object.assign(error as Error, await nameServer())
    throw error
  }
}

async function nameServer(): Promise<{ server?: string }> {
  const { getServers } = await import('node:dns')
  const [server] = getServers()
  if (server === undefined) return {}
  return { server: splitHostPort(server) === undefined ? `${isIP(server) === 6 ? `[${server}]` : server}:53` : server }
}

function secure(
  socket: Duplex,
  { host, now }: Pick<TcpTarget, 'host' | 'now'>,
  options: ConnectionOptions,
  signal?: AbortSignal,
): Promise<Duplex> {
  // Bun has forgotten the certificate by the time that its own check has failed.
  const isCheckedHere = bun !== undefined && options.rejectUnauthorized !== false
  return new Promise((resolve, reject) => {
    const secured = connectTls({
      ...options,
      ...(isCheckedHere ? { rejectUnauthorized: false } : {}),
      socket: socket as Socket,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    })
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      secured.off('error', onError)
      finish()
    }
    const fail = (error: unknown) =>
      settle(() => {
        secured.on('error', () => undefined)
        secured.destroy()
        socket.destroy()
        reject(error as Error)
      })
    // Once the check has failed, Node no longer has the certificate that it failed on.
    let certificate: PeerCertificate | undefined
    secured.prependListener('secure', () => {
      certificate = secured.getPeerCertificate()
    })
    const onError = (error: Error) => fail(Object.assign(error, { cert: certificate, at: now().getTime() }))
    const onAbort = () => fail(signal?.reason)
    const timer = setTimeout(
      () => fail(Object.assign(new Error('TLS handshake timeout'), { code: 'ETIMEDOUT' })),
      DIAL_TIMEOUT,
    )
    secured.on('error', onError)
    secured.on('secureConnect', () => {
      if (!isCheckedHere || secured.authorized) return settle(() => resolve(secured))
      certificate = secured.getPeerCertificate()
      const code = String(secured.authorizationError)
      return onError(Object.assign(new Error(code), { code, host }))
    })
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted === true) onAbort()
  })
}

async function openTunnel(proxy: Tunnel, { host, port, now }: TcpTarget, signal?: AbortSignal): Promise<Duplex> {
  let socket = await openTcp(proxy.host, proxy.port, signal)
  if (proxy.protocol === 'https') socket = await secure(socket, { host: proxy.host, now }, proxy.tls ?? {}, signal)
  const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  const authorization = proxy.authorization === undefined ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`)
  const head = await readHead(socket, signal)
  const [statusLine = ''] = head.split('\r\n', 1)
  if (/^HTTP\/1\.[01] 200\b/.test(statusLine)) return socket
  socket.destroy()
  throw new Error(`proxy ${proxy.host}:${proxy.port} refused the tunnel: ${statusLine.replace(/^HTTP\/1\.[01] /, '')}`)
}

// Reads up to the blank line; what follows it is the daemon's and goes back.
function readHead(socket: Duplex, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    const settle = (finish: () => void) => {
      socket.off('readable', onReadable).off('error', fail).off('close', onClose)
      signal?.removeEventListener('abort', onAbort)
      finish()
    }
    const fail = (error: unknown) =>
      settle(() => {
        socket.on('error', () => undefined)
        socket.destroy()
        reject(error as Error)
      })
    const onClose = () => fail(new Error('the proxy closed the connection'))
    const onAbort = () => fail(signal?.reason)
    const onReadable = () => {
      for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
        bytes = Buffer.concat([bytes, chunk])
        const end = bytes.indexOf('\r\n\r\n')
        if (end === -1 && bytes.length <= MAX_HEAD) continue
        if (end === -1) return fail(new Error("the proxy's answer is too long"))
        return settle(() => {
          if (bytes.length > end + 4) socket.unshift(bytes.subarray(end + 4))
          resolve(bytes.toString('latin1', 0, end))
        })
      }
      return undefined
    }
    socket.on('readable', onReadable).on('error', fail).on('close', onClose)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted === true) onAbort()
  })
}

const KEEP_ALIVE = 30_000
const DIAL_TIMEOUT = 30_000
const ATTEMPT_TIMEOUT = 2_000
const MAX_PORT = 65_535
const MAX_HEAD = 64 * 1024
