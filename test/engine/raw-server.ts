import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createSecureServer, type TlsOptions } from 'node:tls'
import { onTestFinished } from 'vitest'

export interface RawRequest {
  method: string
  path: string
  headers: Record<string, string>
  /** Reads the body as far as its framing goes; undefined once the client has gone. */
  body(): Promise<Buffer>
  /** Reads no more of it for now. */
  socket: Socket
}

export interface RawServer {
  port: number
  /** How many connections were made so far, and how many are open. */
  connections: number
  open(): number
  requests: RawRequest[]
}

/**
 * A server that reads requests and answers with the very bytes of `answer`, which may write to the socket in pieces.
 * Requests on one connection come one after the other.
 */
export async function rawServer(
  answer: (request: RawRequest, index: number) => void | Promise<void>,
  listen: { path?: string; tls?: TlsOptions } = {},
): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const state: RawServer = { port: 0, connections: 0, open: () => sockets.size, requests: [] }
  const accept = (socket: Socket) => {
    state.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    void serve(socket, async (request) => {
      state.requests.push(request)
      await answer(request, state.requests.length - 1)
    })
  }
  const server: Server =
    listen.tls === undefined
      ? createServer({ allowHalfOpen: true }, accept)
      : createSecureServer({ allowHalfOpen: true, ...listen.tls }, accept)
  await new Promise<void>((resolve) => {
    if (listen.path === undefined) server.listen(0, '127.0.0.1', resolve)
    else server.listen(listen.path, resolve)
  })
  const address = server.address()
  state.port = typeof address === 'object' && address !== null ? address.port : 0
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return state
}

async function serve(socket: Socket, answer: (request: RawRequest) => Promise<void>): Promise<void> {
  const reader = new Reader(socket)
  for (;;) {
    const head = await reader.until('\r\n\r\n')
    if (head === undefined) {
      socket.end()
      return
    }
    const [requestLine = '', ...lines] = head.toString('latin1').trimEnd().split('\r\n')
    const [method = '', path = ''] = requestLine.split(' ')
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
      }),
    )
    let body: Promise<Buffer> | undefined
    const read = () => (body ??= readBody(reader, headers))
    await answer({ method, path, headers, body: read, socket })
    if (headers['upgrade'] !== undefined) {
      // Read on, to see the client's end.
      socket.on('end', () => socket.end()).resume()
      return
    }
    await read()
    if (socket.destroyed || socket.writableEnded) return
  }
}

async function readBody(reader: Reader, headers: Record<string, string>): Promise<Buffer> {
  if (headers['transfer-encoding'] !== 'chunked') {
    return (await reader.exactly(Number(headers['content-length'] ?? 0))) ?? Buffer.alloc(0)
  }
  const parts: Buffer[] = []
  for (;;) {
    const line = await reader.until('\r\n')
    const size = Number.parseInt(line?.toString() ?? '', 16)
    if (Number.isNaN(size)) return Buffer.concat(parts)
    const chunk = await reader.exactly(size + 2)
    if (chunk === undefined || size === 0) return Buffer.concat(parts)
    parts.push(chunk.subarray(0, size))
  }
}

class Reader {
  readonly #socket: Socket

  constructor(socket: Socket) {
    this.#socket = socket
  }

  async until(mark: string): Promise<Buffer | undefined> {
    let bytes = Buffer.alloc(0)
    for (;;) {
      const chunk = await this.#next()
      if (chunk === undefined) return undefined
      bytes = Buffer.concat([bytes, chunk])
      const at = bytes.indexOf(mark)
      if (at === -1) continue
      const end = at + mark.length
      if (end < bytes.length) this.#socket.unshift(bytes.subarray(end))
      return bytes.subarray(0, end)
    }
  }

  async exactly(size: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = []
    for (let left = size; left > 0;) {
      const chunk = await this.#next()
      if (chunk === undefined) return undefined
      parts.push(chunk.subarray(0, left))
      if (chunk.length > left) this.#socket.unshift(chunk.subarray(left))
      left -= Math.min(left, chunk.length)
    }
    return Buffer.concat(parts)
  }

  #next(): Promise<Buffer | undefined> {
    return new Promise((resolve) => {
      const socket = this.#socket
      const settle = (chunk: Buffer | undefined) => {
        socket.off('readable', onReadable).off('end', onEnd).off('close', onEnd)
        resolve(chunk)
      }
      const onEnd = () => settle(undefined)
      const onReadable = () => {
        const chunk = socket.read() as Buffer | null
        if (chunk !== null) settle(chunk)
        else if (socket.readableEnded) settle(undefined)
      }
      if (socket.readableEnded || socket.destroyed) return resolve(undefined)
      socket.on('readable', onReadable).on('end', onEnd).on('close', onEnd)
      onReadable()
      return undefined
    })
  }
}
