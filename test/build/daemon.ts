import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http2, { type IncomingHttpHeaders } from 'node:http2'
import { createServer, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { connectGrpc } from '../../src/build/grpc/client.ts'
import { frame, unframe } from '../../src/build/grpc/frames.ts'
import { serveGrpc, type GrpcServer, type Served } from '../../src/build/grpc/server.ts'
import { errorOf, type GrpcError } from '../../src/build/grpc/status.ts'
import { packet, PacketType, type Packet, type Stat, type StatInit } from '../../src/build/proto/filesync.ts'
import { decode, type Full, type Init, type Message } from '../../src/build/proto/message.ts'

/** The two ends of a real connection. */
export async function socketPair(): Promise<[Socket, Socket]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'grpc-'))
  const server = createServer()
  server.listen(path.join(folder, 's'))
  await once(server, 'listening')
  const near = new Socket().connect(path.join(folder, 's'))
  const [far] = (await once(server, 'connection')) as [Socket]
  onTestFinished(() => {
    for (const socket of [near, far]) socket.destroy()
    server.close()
    rmSync(folder, { recursive: true })
  })
  return [near, far]
}

/** The daemon's end of a session: calls what is served, one message for one or in streams. */
export interface Daemon extends Pick<ReturnType<typeof connectGrpc>, 'client'> {
  open(path: string, metadata?: Record<string, string | string[]>): DaemonStream
  socket: Socket
  server: GrpcServer
}

/** Serves a session's services to a daemon; it ends with the test. */
export async function daemonOf(...served: Served[]): Promise<Daemon> {
  const [near, far] = await socketPair()
  const server = serveGrpc(far, served)
  const [other, otherFar] = await socketPair()
  serveGrpc(otherFar, served)
  const connection = connectGrpc(other)
  const session = http2.connect('http://localhost', {
    createConnection: () => near,
    maxSendHeaderBlockLength: 1 << 24,
  })
  session.on('error', () => undefined)
  onTestFinished(() => {
    connection.close()
    session.destroy()
  })
  return {
    client: (service) => connection.client(service),
    open: (name, metadata = {}) => new DaemonStream(session, name, metadata),
    socket: near,
    server,
  }
}

/** A call of the daemon's in which messages go both ways. */
export class DaemonStream {
  readonly #stream: http2.ClientHttp2Stream
  readonly #chunks: AsyncIterator<Buffer>
  readonly #trailers: Promise<IncomingHttpHeaders>

  constructor(session: http2.ClientHttp2Session, name: string, metadata: Record<string, string | string[]>) {
    this.#stream = session.request({
      ':method': 'POST',
      ':path': name,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...metadata,
    })
    this.#trailers = new Promise((resolve) => {
      this.#stream.on('trailers', resolve)
      this.#stream.on('response', (headers) => headers['grpc-status'] !== undefined && resolve(headers))
      this.#stream.on('error', () => undefined)
      this.#stream.on('close', () => resolve({ 'grpc-status': '14', 'grpc-message': 'closed without an end' }))
    })
    const chunks = this.#stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
    this.#chunks = unframe(chunks)[Symbol.asyncIterator]()
  }

  send<M extends Message>(type: M, value: Init<M>): void {
    this.#stream.write(frame(type, value))
  }

  /** The next message, undefined after the last. */
  async next<M extends Message>(type: M): Promise<Full<M> | undefined> {
    const { done, value } = await this.#chunks.next()
    return done === true ? undefined : decode(type, value as Buffer)
  }

  end(): void {
    this.#stream.end()
  }

  cancel(): void {
    // Not by `close`, which ends the request well before it takes it back.
    this.#stream.destroy(new Error('given up'))
  }

  /** Its error once the call has ended, undefined for a good end. */
  async ended(): Promise<GrpcError | undefined> {
    return errorOf(await this.#trailers)
  }
}

/** What came of a tree: every description, and the contents of the files asked for by name. */
export interface ReceivedTree {
  stats: Stat[]
  contents: Map<string, Buffer>
}

/** Takes a tree as fsutil's receiver does, asking for what `wants` says of regular files. */
export async function receiveTree(
  call: DaemonStream,
  wants: (stat: Stat) => boolean = () => true,
): Promise<ReceivedTree> {
  const stats: Stat[] = []
  const open = new Map<number, Buffer[]>()
  const contents = new Map<string, Buffer>()
  let described = false
  for (;;) {
    if (described && open.size === 0) call.send(packet, { type: PacketType.fin })
    const got = (await call.next(packet)) as Packet | undefined
    if (got === undefined || got.type === PacketType.fin) break
    if (got.type === PacketType.error) throw new Error(Buffer.from(got.data).toString())
    if (got.type === PacketType.stat && got.stat === undefined) described = true
    else if (got.type === PacketType.stat && got.stat !== undefined) {
      const id = stats.push(got.stat) - 1
      if ((got.stat.mode & 0x8f280000) !== 0 || got.stat.linkname !== '' || !wants(got.stat)) continue
      open.set(id, [])
      call.send(packet, { type: PacketType.request, id })
    } else if (got.data.length > 0) open.get(got.id)?.push(Buffer.from(got.data))
    else {
      contents.set(stats[got.id]?.path ?? '', Buffer.concat(open.get(got.id) ?? []))
      open.delete(got.id)
    }
  }
  call.end()
  return { stats, contents }
}

/** A file as a daemon's sender has it. */
export type SentFile = StatInit & { content?: Buffer }

/** Sends a tree as fsutil does, the files' contents in small pieces of several files in turn; resolves when the receiver has it all. */
export async function sendTree(call: DaemonStream, files: readonly SentFile[]): Promise<void> {
  for (const { content, ...stat } of files) {
    call.send(packet, { type: PacketType.stat, stat: { size: content?.length ?? 0, ...stat } })
  }
  call.send(packet, { type: PacketType.stat })
  const asked: { id: number; at: number }[] = []
  for (let got = await call.next(packet); got !== undefined; got = await call.next(packet)) {
    if (got.type === PacketType.error) throw new Error(Buffer.from(got.data).toString())
    if (got.type === PacketType.fin) break
    asked.push({ id: got.id, at: 0 })
    // Once all that can be asked for at once has been.
    await new Promise((resolve) => setImmediate(resolve))
    while (asked.length > 0) {
      const next = asked.shift() as { id: number; at: number }
      const data = files[next.id]?.content?.subarray(next.at, next.at + 100_000) ?? Buffer.alloc(0)
      call.send(packet, { type: PacketType.data, id: next.id, data })
      if (data.length > 0) asked.push({ id: next.id, at: next.at + data.length })
    }
  }
  call.send(packet, { type: PacketType.fin })
  call.end()
}
