import type { Duplex } from 'node:stream'
import { TransportError, type RequestBody, type TransportRequest } from './transport.ts'

/**
 * Writes a request. Resolves when it is all handed to the system, or at once after `stopped` has resolved; rejects
 * with the error of the socket or of the body's maker.
 */
export async function writeRequest(
  socket: Duplex,
  host: string,
  request: TransportRequest,
  stopped: Promise<void>,
): Promise<void> {
  const { body } = request
  const head = requestHead(host, request)
  if (body === undefined || typeof body === 'string') {
    socket.write(head + (body ?? ''))
  } else if (body instanceof Uint8Array) {
    socket.cork()
    socket.write(head)
    const written = write(socket, body)
    socket.uncork()
    await Promise.race([written, stopped])
  } else {
    socket.write(head)
    await upload(socket, body, stopped)
  }
}

function requestHead(host: string, { method, path, headers, body }: TransportRequest): string {
  let head = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n`
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (OURS.has(name.toLowerCase())) continue
    if (!TOKEN.test(name)) throw invalid(`invalid header field name ${JSON.stringify(name)}`)
    for (const each of typeof value === 'string' ? [value] : value) {
      if (CONTROL.test(each)) throw invalid(`invalid header field value for ${JSON.stringify(name)}`)
      head += `${name}: ${each}\r\n`
    }
  }
  return `${head}${framing(method, body)}\r\n`
}

// As Go's http does it: a method that usually has a body says so even when it has none.
function framing(method: string, body: RequestBody | undefined): string {
  if (body === undefined)
    return method === 'POST' || method === 'PUT' || method === 'PATCH' ? 'Content-Length: 0\r\n' : ''
  if (typeof body === 'string') return `Content-Length: ${Buffer.byteLength(body)}\r\n`
  if (body instanceof Uint8Array) return `Content-Length: ${body.length}\r\n`
  return 'Transfer-Encoding: chunked\r\n'
}

// Each chunk is waited for, so that its maker may use its memory again for the next one.
async function upload(socket: Duplex, body: AsyncIterable<Uint8Array>, stopped: Promise<void>): Promise<void> {
  const iterator = body[Symbol.asyncIterator]()
  const unlessStopped = stoppable(stopped)
  let finished = false
  try {
    for (;;) {
      const next = await unlessStopped(iterator.next())
      if (next === STOPPED) return
      if (next.done === true) break
      if (next.value.length === 0) continue
      socket.cork()
      socket.write(`${next.value.length.toString(16)}\r\n`)
      socket.write(next.value)
      const written = write(socket, '\r\n')
      socket.uncork()
      if ((await unlessStopped(written)) === STOPPED) return
    }
    finished = true
    await unlessStopped(write(socket, '0\r\n\r\n'))
  } finally {
    // Not waited for: a generator that is stuck in its own read would hold everything up.
    if (!finished) void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

/** Gives what waits for one promise after the other, or for `stopped`; Promise.race would keep something of each until the end. */
function stoppable(stopped: Promise<void>): <T>(work: Promise<T>) => Promise<T | typeof STOPPED> {
  let isStopped = false
  let stop = (): void => undefined
  void stopped.then(() => {
    isStopped = true
    stop()
  })
  return (work) =>
    new Promise((resolve, reject) => {
      stop = () => resolve(STOPPED)
      work.then(resolve, reject)
      if (isStopped) stop()
    })
}

function write(socket: Duplex, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(data, (error) => (error ? reject(error) : resolve()))
  })
}

function invalid(detail: string): TransportError {
  return new TransportError('transport/broken', `net/http: ${detail}`)
}

const STOPPED: unique symbol = Symbol('stopped')
// Whatever a user's own headers say, these come from the request (Go net/http `reqWriteExcludeHeader`).
const OURS: ReadonlySet<string> = new Set(['host', 'content-length', 'transfer-encoding', 'trailer'])
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/
