import fs from 'node:fs'
import { createServer } from 'node:http'
import http2 from 'node:http2'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { serveGrpc, serves, type ServedStream } from '../../src/build/grpc/server.ts'
import { GrpcError } from '../../src/build/grpc/status.ts'
import { control, type SolveRequest } from '../../src/build/proto/control.ts'
import { packet, PacketType } from '../../src/build/proto/filesync.ts'
import { DaemonStream, sendTree } from './daemon.ts'

/** An engine that does nothing but build: it takes all files of a build, and sends one where a folder is to have the result. */
export interface FakeBuilder {
  /** The path of its socket. */
  readonly socket: string
  /** How many bytes of files it has got. */
  readonly bytes: number
  /** How many builds it has answered. */
  readonly answered: number
  close(): void
}

interface FakeBuilderOptions {
  /** Called when the last file of a build is there. */
  readonly onFiles?: () => void
  /** How long it reads nothing, in milliseconds, once the first of a file is there. */
  readonly pause?: number
}

/** Starts a builder on a socket of its own. */
export async function fakeBuilder(options: FakeBuilderOptions = {}): Promise<FakeBuilder> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'builder-'))
  const socket = path.join(folder, 's')
  const builder = new Builder(options)
  const server = createServer((_, response) => {
    response.setHeader('Api-Version', '1.51').setHeader('Ostype', 'linux').setHeader('Builder-Version', '2').end()
  })
  server.on('upgrade', ({ url, headers }, upgraded: Socket) => {
    builder.sockets.add(upgraded)
    upgraded.on('error', () => undefined).on('close', () => builder.sockets.delete(upgraded))
    upgraded.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
    if (url === '/grpc') serveGrpc(upgraded, [builder.service()])
    else builder.session(String(headers['x-docker-expose-session-uuid']), upgraded)
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  return {
    socket,
    get bytes() {
      return builder.bytes
    },
    get answered() {
      return builder.answered
    },
    close() {
      server.close()
      server.closeAllConnections()
      for (const each of builder.sockets) each.destroy()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

class Builder {
  readonly sockets = new Set<Socket>()
  readonly #options: FakeBuilderOptions
  readonly #sessions = new Map<string, http2.ClientHttp2Session>()
  readonly #watching = new Map<string, ServedStream>()
  readonly #over = new Map<string, () => void>()
  bytes = 0
  answered = 0

  constructor(options: FakeBuilderOptions) {
    this.#options = options
  }

  session(id: string, socket: Socket): void {
    const session = http2.connect('http://localhost', { createConnection: () => socket })
    session.on('error', () => undefined)
    // The connection may stay half open, which HTTP/2 does not mind.
    socket.on('end', () => session.destroy())
    socket.read(0)
    this.#sessions.set(id, session)
  }

  service() {
    return serves(control, {
      listWorkers: () => ({ record: [{ id: 'worker', labels: {}, buildkitVersion: { version: 'v0.25.1' } }] }),
      solve: (request) => this.#solve(request),
      listenBuildHistory: () => Promise.resolve(),
      status: async (call) => {
        for await (const { ref } of call.read(control.methods.status.request)) {
          this.#watching.set(ref, call)
          await new Promise<void>((resolve) => {
            this.#over.set(ref, resolve)
            call.signal.addEventListener('abort', () => resolve())
          })
          return
        }
      },
    })
  }

  async #solve({ ref = '', session: id = '', exporters = [] }: SolveRequest) {
    try {
      const session = this.#sessions.get(id)
      if (session === undefined) throw new GrpcError('Unavailable', `no active session for ${id}`)
      await this.#tell(ref, 'load build definition')
      for (const name of ['dockerfile', 'context']) await this.#take(session, name)
      this.#options.onFiles?.()
      await this.#tell(ref, 'export')
      if (exporters.some(({ type }) => type === 'local')) {
        const call = new DaemonStream(session, '/moby.filesync.v1.FileSend/DiffCopy', {})
        await sendTree(call, [{ path: 'result', mode: 0o644, content: Buffer.from('made') }])
        const error = await call.ended()
        if (error !== undefined) throw error
      }
      this.answered++
      return { exporterResponse: { 'containerimage.config.digest': `sha256:${'0'.repeat(64)}` } }
    } finally {
      this.#over.get(ref)?.()
    }
  }

  async #tell(ref: string, name: string): Promise<void> {
    const time = { seconds: 1_700_000_000, nanos: 0 }
    const vertexes = [{ digest: `sha256:${name}`, name, started: time, completed: time }]
    await this.#watching.get(ref)?.send(control.methods.status.response, { vertexes })
  }

  /** Asks for every file, as it is described, and keeps none. */
  async #take(session: http2.ClientHttp2Session, name: string): Promise<void> {
    const call = new DaemonStream(session, '/moby.filesync.v1.FileSync/DiffCopy', { 'dir-name': name })
    const open = new Set<number>()
    let next = 0
    let described = false
    for (;;) {
      if (described && open.size === 0) call.send(packet, { type: PacketType.fin })
      const got = await call.next(packet)
      if (got === undefined || got.type === PacketType.fin) break
      if (got.type === PacketType.error) throw new GrpcError('Unknown', Buffer.from(got.data).toString())
      if (this.bytes === 0 && got.data.length > 0) await setTimeout(this.#options.pause ?? 0)
      this.bytes += got.data.length
      if (got.type === PacketType.stat && got.stat === undefined) described = true
      else if (got.type === PacketType.stat) {
        if (((got.stat?.mode ?? 0) & 0x8f280000) === 0) {
          open.add(next)
          call.send(packet, { type: PacketType.request, id: next })
        }
        next++
      } else if (got.data.length === 0) open.delete(got.id)
    }
    call.end()
    const error = await call.ended()
    if (error !== undefined) throw error
  }
}
