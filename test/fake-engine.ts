import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import { Engine } from '../src/engine/engine.ts'
import { http1Transport } from '../src/engine/http1.ts'
import { connectUnix } from '../src/connection/connect-unix.ts'

/** What a stub answers. Without more than a status, the body is empty. */
export interface Reply {
  /** 200 unless said otherwise (204 for `{}`). */
  status?: number
  headers?: Record<string, string>
  json?: unknown
  text?: string
  bytes?: Uint8Array
  /** A stream of JSON values, one a line. */
  lines?: readonly unknown[]
  /** The daemon's refusal: `{"message": ...}` with `status`, 500 unless said otherwise. */
  error?: string
  /** Closes the connection without an answer. */
  drop?: true
  /** Writes the answer by hand. */
  handle?: (response: ServerResponse, request: RecordedRequest) => void | Promise<void>
  /** Leaves HTTP (101, or 200 with `status`) and plays the container's side; the connection is closed after it. */
  hijack?: (stream: FakeStream) => void | Promise<void>
}

/** One answer for every request, a list for successive ones, or an answer made from the request. */
export type Stub = Reply | readonly Reply[] | ((request: RecordedRequest) => Reply | Promise<Reply>)

export interface RecordedRequest {
  method: string
  /** Without the version, decoded: `/containers/json`. */
  path: string
  /** `1.45`, or undefined for a request without one. */
  version: string | undefined
  query: Record<string, string | string[]>
  headers: Record<string, string>
  body: Buffer
  /** The body parsed, undefined when it is not JSON. */
  json: unknown
}

/** The container's end of a hijacked connection. */
export interface FakeStream {
  socket: Duplex
  request: RecordedRequest
  /** Sends a frame of a multiplexed stream. */
  stdout(text: string | Uint8Array): void
  stderr(text: string | Uint8Array): void
  /** Sends bytes as they are. */
  raw(text: string | Uint8Array): void
  /** All that the client sends, once it has half-closed. */
  stdin(): Promise<Buffer>
  /** Resolves as soon as `count` bytes have come from the client. */
  received(count: number): Promise<Buffer>
}

export interface FakeEngineOptions {
  apiVersion?: string
  osType?: string
  builderVersion?: string
  swarm?: string
  experimental?: boolean
  podman?: boolean
  /** Stubs that a test may leave unused. */
  optional?: Record<string, Stub>
}

export interface FakeEngine {
  /** `unix:///...`, for `DOCKER_HOST`. */
  host: string
  socketPath: string
  /** Every request but pings, in order. */
  requests: RecordedRequest[]
  pings: RecordedRequest[]
  /** `METHOD /path` of every request but pings. */
  calls: string[]
  /** An Engine that talks to it over the real client. */
  engine(options?: { version?: string; headers?: Record<string, string>; userAgent?: string }): Engine
}

/**
 * A Docker Engine for one test: real HTTP on a temporary unix socket, answering `METHOD /path` (no version, no query)
 * as the stubs say. `/_ping` it answers by itself. When the test ends it is gone; a request that no stub expects and
 * a stub that was never used fail the test.
 */
export async function fakeEngine(
  stubs: Record<string, Stub> = {},
  options: FakeEngineOptions = {},
): Promise<FakeEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-engine-'))
  const socketPath = join(folder, 'd.sock')
  const fake = new Fake(stubs, options)
  await new Promise<void>((resolve) => fake.server.listen(socketPath, resolve))
  const engines: Engine[] = []
  onTestFinished(async () => {
    for (const engine of engines) engine.close()
    await fake.close()
    await rm(folder, { recursive: true, force: true })
    fake.verify()
  })
  return {
    host: `unix://${socketPath}`,
    socketPath,
    requests: fake.requests,
    pings: fake.pings,
    get calls() {
      return fake.requests.map(({ method, path }) => `${method} ${path}`)
    },
    engine(engineOptions = {}) {
      const transport = http1Transport({ connect: connectUnix(socketPath) })
      const engine = new Engine({
        transport,
        address: { host: `unix://${socketPath}`, protocol: 'unix', authority: socketPath },
        ...engineOptions,
      })
      engines.push(engine)
      return engine
    },
  }
}

/** A frame of a multiplexed stream: 1 is stdout, 2 stderr, 3 an error of the daemon. */
export function frame(stream: number, payload: string | Uint8Array): Buffer {
  const bytes = Buffer.from(payload)
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

class Fake {
  readonly server: Server
  readonly requests: RecordedRequest[] = []
  readonly pings: RecordedRequest[] = []
  readonly #stubs: Map<string, { stub: Stub; optional: boolean; used: number }>
  readonly #options: FakeEngineOptions
  readonly #failures: string[] = []
  readonly #sockets = new Set<Socket>()

  constructor(stubs: Record<string, Stub>, options: FakeEngineOptions) {
    this.#options = options
    const entry =
      (optional: boolean) =>
      ([key, stub]: [string, Stub]) =>
        [key, { stub, optional, used: 0 }] as const
    const optional = Object.entries(options.optional ?? {}).map(entry(true))
    this.#stubs = new Map([...optional, ...Object.entries(stubs).map(entry(false))])
    this.server = createServer({ keepAlive: true, requestTimeout: 0 })
    this.server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => undefined)
    })
    this.server.on('request', (request, response) => void this.#request(request, response))
    this.server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head))
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    return new Promise((resolve) => this.server.close(() => resolve()))
  }

  verify(): void {
    for (const [key, { optional, used }] of this.#stubs) {
      if (!optional && used === 0) this.#failures.push(`stub never used: ${key}`)
    }
    if (this.#failures.length > 0) throw new Error(`fake engine: ${this.#failures.join('; ')}`)
  }

  async #request(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const request = record(incoming, Buffer.concat(chunks))
      const reply = await this.#reply(request)
      for (const [name, value] of Object.entries(this.#headers())) response.setHeader(name, value)
      if (reply.hijack !== undefined)
        this.#failures.push(`${request.method} ${request.path} did not ask for an upgrade`)
      if (reply.drop === true) incoming.socket.destroy()
      else if (reply.handle !== undefined) await reply.handle(response, request)
      else sendReply(response, reply)
    } catch (error) {
      this.#failures.push(String(error))
      incoming.socket.destroy()
    }
  }

  async #upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    try {
      const input = new Input(socket, head)
      const request = record(incoming, await input.take(Number(incoming.headers['content-length'] ?? 0)))
      const reply = await this.#reply(request)
      if (reply.drop === true) return void socket.destroy()
      if (reply.hijack === undefined) return sendRaw(socket, reply, this.#headers())
      const status = reply.status === 200 ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 101 UPGRADED'
      const upgrade = reply.status === 200 ? [] : ['Connection: Upgrade', 'Upgrade: tcp']
      const type = 'application/vnd.docker.multiplexed-stream'
      const headers = Object.entries({ 'Content-Type': type, ...reply.headers }).map(([k, v]) => `${k}: ${v}`)
      socket.write(`${[status, ...upgrade, ...headers].join('\r\n')}\r\n\r\n`)
      await reply.hijack({
        socket,
        request,
        stdout: (text) => void socket.write(frame(1, text)),
        stderr: (text) => void socket.write(frame(2, text)),
        raw: (text) => void socket.write(text),
        stdin: () => input.all(),
        received: (count) => input.take(count),
      })
      socket.end()
    } catch (error) {
      this.#failures.push(String(error))
      socket.destroy()
    }
  }

  async #reply(request: RecordedRequest): Promise<Reply> {
    const key = `${request.method} ${request.path}`
    const entry = this.#stubs.get(key)
    if (request.path === '/_ping') {
      this.pings.push(request)
      if (entry === undefined) return { text: request.method === 'HEAD' ? '' : 'OK' }
    } else this.requests.push(request)
    if (entry === undefined) {
      this.#failures.push(`unexpected request: ${key}`)
      return { status: 404, error: 'page not found' }
    }
    const { stub } = entry
    const turn = entry.used++
    if (typeof stub === 'function') return stub(request)
    if (!Array.isArray(stub)) return stub as Reply
    const list = stub as readonly Reply[]
    return list[Math.min(turn, list.length - 1)] ?? {}
  }

  #headers(): Record<string, string> {
    const { apiVersion = '1.55', osType = 'linux', builderVersion = '2', swarm = 'inactive' } = this.#options
    return {
      'Api-Version': apiVersion,
      Ostype: osType,
      'Docker-Experimental': String(this.#options.experimental === true),
      'Builder-Version': builderVersion,
      Swarm: swarm,
      ...(this.#options.podman === true ? { 'Libpod-Api-Version': '4.3.1' } : {}),
    }
  }
}

// Reads from the start, so that nothing that comes before somebody asks for it is lost.
class Input {
  #bytes: Buffer
  #ended = false
  #wake: () => void = () => undefined

  constructor(socket: Duplex, head: Buffer) {
    this.#bytes = Buffer.from(head)
    const end = () => {
      this.#ended = true
      this.#wake()
    }
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk])
      this.#wake()
    })
    socket.on('end', end)
    socket.on('close', end)
    socket.on('error', end)
  }

  async take(count: number): Promise<Buffer> {
    while (this.#bytes.length < count && !this.#ended) await this.#more()
    const taken = this.#bytes.subarray(0, count)
    this.#bytes = this.#bytes.subarray(count)
    return taken
  }

  async all(): Promise<Buffer> {
    while (!this.#ended) await this.#more()
    return this.#bytes
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

function record(incoming: IncomingMessage, body: Buffer): RecordedRequest {
  const url = new URL(incoming.url ?? '/', 'http://fake')
  const [, version, path = ''] = /^(?:\/v(\d+\.\d+)(?=\/))?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? []
  const query: Record<string, string | string[]> = {}
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name)
    query[name] = values.length === 1 ? (values[0] as string) : values
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([k, v]) => [k, String(v)]))
  return { method: incoming.method ?? '', path, version, query, headers, body, json: parse(body) }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown
  } catch {
    return undefined
  }
}

function content(reply: Reply): { status: number; headers: Record<string, string>; body: Uint8Array } {
  const make = (status: number, type: string, body: string | Uint8Array) => ({
    status: reply.status ?? status,
    headers: { ...(type === '' ? {} : { 'Content-Type': type }), ...reply.headers },
    body: Buffer.from(body),
  })
  if (reply.error !== undefined) return make(500, 'application/json', `${JSON.stringify({ message: reply.error })}\n`)
  if (reply.lines !== undefined) {
    return make(200, 'application/json', reply.lines.map((line) => `${JSON.stringify(line)}\r\n`).join(''))
  }
  if (reply.json !== undefined) return make(200, 'application/json', `${JSON.stringify(reply.json)}\n`)
  if (reply.text !== undefined) return make(200, 'text/plain; charset=utf-8', reply.text)
  if (reply.bytes !== undefined) return make(200, 'application/x-tar', reply.bytes)
  return make(204, '', '')
}

function sendReply(response: ServerResponse, reply: Reply): void {
  const { status, headers, body } = content(reply)
  response.writeHead(status, headers)
  response.end(body)
}

function sendRaw(socket: Duplex, reply: Reply, common: Record<string, string>): void {
  const { status, headers, body } = content(reply)
  const all = { ...common, ...headers, 'Content-Length': String(body.length), Connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Reply\r\n${lines.join('')}\r\n`), body]))
}
