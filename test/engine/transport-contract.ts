import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { RequestTransport, Transport, TransportResponse } from '../../src/engine/transport.ts'
import { streamWriter } from '../../src/streams/stream-writer.ts'
import type { RawRequest, RawServer } from './raw-server.ts'

export interface Bench<T extends RequestTransport = Transport> {
  transport: T
  server: RawServer
}

/** Starts a server with these answers and a transport that talks to it. */
export type Start<T extends RequestTransport = Transport> = (
  answer: (request: RawRequest, index: number) => void | Promise<void>,
) => Promise<Bench<T>>

/** What every maker of a Transport has to do; a small stream is one that what is hijacked is not iterated over. */
export function transportContract(name: string, start: Start, stream: 'whole' | 'small' = 'whole'): void {
  requestContract(name, start)
  hijackContract(name, start, stream)
}

/** What every maker of a RequestTransport has to do. */
export function requestContract(name: string, start: Start<RequestTransport>): void {
  describe(`${name}: requests`, () => {
    test('sends a list of values as one header each', async () => {
      const { transport, server } = await start(({ socket }) => void socket.write(ok('')))
      await drain(await transport.request({ method: 'GET', path: '/', headers: { 'X-List': ['one', 'two'] } }))
      // The server keeps the last one.
      expect(server.requests[0]?.headers).toMatchObject({ 'x-list': 'two' })
    })

    test('sends method, path and headers, and a length where a body is usual', async () => {
      const { transport, server } = await start(({ socket }) => void socket.write(ok('')))
      await drain(await transport.request({ method: 'GET', path: '/a?b=c+d', headers: { 'X-One': 'two' } }))
      await drain(await transport.request({ method: 'POST', path: '/p' }))
      await drain(await transport.request({ method: 'DELETE', path: '/d' }))
      expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        'GET /a?b=c+d',
        'POST /p',
        'DELETE /d',
      ])
      const [get, post, remove] = server.requests.map(({ headers }) => headers)
      expect(get).toMatchObject({ 'x-one': 'two' })
      expect(get?.['host']).toBeTruthy()
      expect(get).not.toHaveProperty('content-length')
      expect(get).not.toHaveProperty('transfer-encoding')
      expect(post?.['content-length']).toBe('0')
      expect(remove).not.toHaveProperty('content-length')
    })

    test.each([
      ['text', 'žluť', Buffer.from('žluť')],
      ['bytes', Buffer.from([0, 1, 255]), Buffer.from([0, 1, 255])],
      ['nothing', '', Buffer.alloc(0)],
    ])('sends a body of %s with its length', async (_kind, body, expected) => {
      const { transport, server } = await start(async (request) => {
        request.socket.write(ok((await request.body()).toString('hex')))
      })
      const response = await transport.request({ method: 'POST', path: '/', body })
      expect(await response.body.text()).toBe(expected.toString('hex'))
      expect(server.requests[0]?.headers['content-length']).toBe(String(expected.length))
    })

    test('sends an iterable in chunks and lets its maker reuse the memory', async () => {
      const { transport, server } = await start(async (request) => {
        request.socket.write(ok(String(checksum(await request.body()))))
      })
      const memory = Buffer.alloc(100_000)
      const expected = Buffer.concat(Array.from({ length: 20 }, (_, i) => Buffer.alloc(100_000, i)))
      async function* body() {
        for (let i = 0; i < 20; i++) {
          memory.fill(i)
          yield memory
          if (i % 7 === 0) yield Buffer.alloc(0)
        }
      }
      const response = await transport.request({ method: 'POST', path: '/', body: body() })
      expect(await response.body.text()).toBe(String(checksum(expected)))
      expect(server.requests[0]?.headers['transfer-encoding']).toBe('chunked')
    })

    test('waits with an iterable while the server does not read', async () => {
      let go: () => void = () => undefined
      const gate = new Promise<void>((resolve) => {
        go = resolve
      })
      const { transport } = await start(async (request) => {
        await gate
        const size = (await request.body()).length
        request.socket.write(ok(String(size)))
      })
      let made = 0
      async function* body() {
        for (; made < 400; made++) yield Buffer.alloc(64 * 1024)
      }
      const response = transport.request({ method: 'POST', path: '/', body: body() })
      await sleep(100)
      expect(made).toBeLessThan(300)
      go()
      expect(await (await response).body.text()).toBe(String(400 * 64 * 1024))
    })

    test('takes an answer that comes before all is sent, and stops sending', async () => {
      const { transport } = await start(({ socket }) => {
        socket.write(reply('400 Bad Request', '{"message":"not a tar"}'))
      })
      let stopped = false
      async function* body() {
        try {
          for (let i = 0; i < 10_000; i++) {
            yield Buffer.alloc(64 * 1024)
            await sleep(1)
          }
        } finally {
          stopped = true
        }
      }
      const response = await transport.request({ method: 'POST', path: '/', body: body() })
      expect(response.status).toBe(400)
      expect(await response.body.text()).toBe('{"message":"not a tar"}')
      await expect.poll(() => stopped).toBe(true)
    })

    test('goes on sending while an answer of success is coming in', async () => {
      const { transport } = await start(async (request) => {
        request.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n')
        const size = (await request.body()).length
        request.socket.write(`${chunk(`, then ${size}`)}0\r\n\r\n`)
      })
      async function* body() {
        for (let i = 0; i < 10; i++) {
          await sleep(2)
          yield Buffer.alloc(1000)
        }
      }
      const response = await transport.request({ method: 'POST', path: '/', body: body() })
      expect(await response.body.text()).toBe('first, then 10000')
    })

    test('fails with the error of whoever makes the body', async () => {
      const { transport } = await start(async (request) => void (await request.body()))
      async function* body() {
        yield Buffer.from('some')
        throw new Error('disk on fire')
      }
      await expect(transport.request({ method: 'POST', path: '/', body: body() })).rejects.toThrow('disk on fire')
    })
  })

  describe(`${name}: responses`, () => {
    test.each([
      ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello'],
      [
        'chunks',
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk('he')}${chunk('llo')}0\r\n\r\n`,
        'hello',
      ],
      [
        'chunks with extensions and a trailer',
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX-T: 1\r\n\r\n`,
        'hello',
      ],
      ['no length and a closed connection', 'HTTP/1.1 200 OK\r\n\r\nhello', 'hello'],
      ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nhello', 'hello'],
      ['nothing at all', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
      ['1xx before it', 'HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'ok'],
    ])('reads a body with %s, however it is cut', async (_kind, bytes, expected) => {
      for (const step of [bytes.length, 1, 7]) {
        const { transport } = await start(async ({ socket }) => {
          for (let at = 0; at < bytes.length; at += step) {
            socket.write(bytes.slice(at, at + step))
            if (step < bytes.length) await sleep(0)
          }
          socket.end()
        })
        const response = await transport.request({ method: 'GET', path: '/' })
        expect(response.status).toBe(expected === '' ? 204 : 200)
        expect(await response.body.text()).toBe(expected)
        transport.close()
      }
    })

    test('joins repeated headers under lower-case names', async () => {
      const { transport } = await start(({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a:  2 \r\nContent-Length: 0\r\n\r\n')
      })
      const { headers } = await transport.request({ method: 'GET', path: '/' })
      expect(headers['x-a']).toBe('1, 2')
    })

    test('takes no body after HEAD and 304, whatever the length says', async () => {
      const { transport } = await start(({ method, socket }) => {
        const status = method === 'HEAD' ? '200 OK' : '304 Not Modified'
        socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 100\r\n\r\n`)
      })
      for (const method of ['HEAD', 'GET']) {
        const response = await transport.request({ method, path: '/' })
        expect(await response.body.text()).toBe('')
      }
    })

    test('hands the body over piece by piece, at the pace of the reader', async () => {
      const total = 400 * 64 * 1024
      let sent = 0
      const { transport } = await start(async ({ socket }) => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${total}\r\n\r\n`)
        for (; sent < total; sent += 64 * 1024) {
          if (!socket.write(Buffer.alloc(64 * 1024, 7))) await new Promise((resolve) => socket.once('drain', resolve))
        }
      })
      const { body } = await transport.request({ method: 'GET', path: '/' })
      let seen = 0
      let busy = false
      await body.pump(async (piece) => {
        expect(busy, 'one piece at a time').toBe(false)
        busy = true
        if (seen === 0) {
          await sleep(100)
          expect(sent).toBeLessThan(total)
        }
        expect(piece.every((byte) => byte === 7)).toBe(true)
        seen += piece.length
        busy = false
      })
      expect(seen).toBe(total)
    })

    test('leaves the last piece to its reader while other requests are made', async () => {
      let go: () => void = () => undefined
      const { transport } = await start(({ socket, path }) => {
        if (path !== '/') return void socket.write(ok('x'.repeat(64)))
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n')
        go = () => void socket.write('the body\r\n')
      })
      const { body } = await transport.request({ method: 'GET', path: '/' })
      let seen = ''
      const pumped = body.pump(async (piece) => {
        await sleep(1)
        await drain(await transport.request({ method: 'GET', path: '/meanwhile' }))
        seen += Buffer.from(piece).toString()
      })
      go()
      await pumped
      expect(seen).toBe('the body\r\n')
    })

    test('iterates over copies that may be kept', async () => {
      const { transport } = await start(async ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
        for (const text of ['one', 'two', 'three']) {
          await sleep(10)
          socket.write(chunk(text))
        }
        socket.write('0\r\n\r\n')
      })
      const { body } = await transport.request({ method: 'GET', path: '/' })
      const kept: Uint8Array[] = []
      for await (const piece of body) kept.push(piece)
      expect(Buffer.concat(kept).toString()).toBe('onetwothree')
    })

    test('gives the head before the body has begun', async () => {
      const { transport } = await start(async ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
        await sleep(50)
        socket.write('0\r\n\r\n')
      })
      const { status, body } = await transport.request({ method: 'GET', path: '/' })
      expect(status).toBe(200)
      expect(await body.text()).toBe('')
    })

    test('fails as the sink fails, and lets the connection go', async () => {
      const { transport, server } = await start(({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n')
      })
      const { body } = await transport.request({ method: 'GET', path: '/' })
      const pumped = body.pump(() => {
        throw new Error('no room')
      })
      await expect(pumped).rejects.toThrow('no room')
      await expect.poll(() => server.open()).toBe(0)
    })

    test('can be cancelled halfway, and lets the connection go', async () => {
      const { transport, server } = await start(({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n')
      })
      const { body } = await transport.request({ method: 'GET', path: '/' })
      for await (const piece of body) {
        expect(Buffer.from(piece).toString()).toBe('abc')
        break
      }
      await expect.poll(() => server.open()).toBe(0)
    })
  })

  describe(`${name}: connections`, () => {
    test('are kept for the next request', async () => {
      const { transport, server } = await start(({ socket }) => void socket.write(ok('x')))
      for (let i = 0; i < 5; i++) await drain(await transport.request({ method: 'GET', path: `/${i}` }))
      expect(server.connections).toBe(1)
    })

    test('are as many as there are requests at a time', async () => {
      const waiting: RawRequest[] = []
      const { transport, server } = await start((request) => {
        waiting.push(request)
        if (waiting.length === 3) for (const { socket } of waiting) socket.write(ok('x'))
      })
      const responses = await Promise.all([1, 2, 3].map((n) => transport.request({ method: 'GET', path: `/${n}` })))
      for (const response of responses) await drain(response)
      expect(server.connections).toBe(3)
    })

    test('are not used again after Connection: close', async () => {
      const { transport, server } = await start(({ socket }) => {
        socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx')
      })
      for (let i = 0; i < 2; i++) await drain(await transport.request({ method: 'GET', path: '/' }))
      expect(server.connections).toBe(2)
    })

    test('that died while kept are made anew for a GET', async () => {
      const { transport, server } = await start(({ path, socket }) => {
        if (path === '/first') socket.write(ok('x'))
        else socket.destroy()
      })
      await drain(await transport.request({ method: 'GET', path: '/first' }))
      // The second request dies on the kept connection, its repetition on the new one.
      await expect(transport.request({ method: 'GET', path: '/' })).rejects.toMatchObject({ code: 'transport/eof' })
      expect(server.requests.map(({ path }) => path)).toEqual(['/first', '/', '/'])
    })

    test('that died while kept fail a POST, which may have had its effect', async () => {
      const { transport, server } = await start(({ path, socket }) => {
        if (path === '/first') socket.write(ok('x'))
        else socket.destroy()
      })
      await drain(await transport.request({ method: 'GET', path: '/first' }))
      await expect(transport.request({ method: 'POST', path: '/' })).rejects.toMatchObject({ code: 'transport/eof' })
      expect(server.requests.map(({ path }) => path)).toEqual(['/first', '/'])
    })

    test('that were closed while kept do not trouble the next request', async () => {
      const { transport, server } = await start(({ socket }) => {
        socket.write(ok('x'))
        setTimeout(() => socket.destroy(), 20)
      })
      await drain(await transport.request({ method: 'GET', path: '/' }))
      await expect.poll(() => server.open()).toBe(0)
      await drain(await transport.request({ method: 'POST', path: '/' }))
      expect(server.connections).toBe(2)
    })

    test('are refused once the transport is closed', async () => {
      const { transport, server } = await start(() => undefined)
      transport.close()
      expect(server.connections).toBe(0)
      await expect(transport.request({ method: 'GET', path: '/' })).rejects.toMatchObject({ code: 'transport/closed' })
    })
  })

  describe(`${name}: what can go wrong`, () => {
    test.each([
      ['closes at once', '', 'transport/eof'],
      ['closes within the head', 'HTTP/1.1 200 OK\r\nConte', 'transport/unexpected-eof'],
      ['speaks something else', '\x15\x03\x01\x00\x02\x02\x16', 'transport/malformed'],
      ['greets as another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'transport/malformed'],
      ['has a head without end', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(200_000)}`, 'transport/malformed'],
    ])('a server that %s', async (_kind, bytes, code) => {
      const { transport } = await start(({ socket }) => void socket.end(Buffer.from(bytes, 'latin1')))
      const failure = transport.request({ method: 'GET', path: '/' }).then(({ body }) => body.text())
      const error = await failure.catch((reason: unknown) => reason)
      const codes = code === 'transport/unexpected-eof' ? [code, 'transport/eof'] : [code]
      expect(codes).toContain((error as { code?: string }).code)
    })

    test.each([
      ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello'],
      ['a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello'],
      ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ])('a body cut short within %s: what came is handed over, then it fails', async (_kind, bytes) => {
      const { transport } = await start(({ socket }) => void socket.end(bytes))
      const { body } = await transport.request({ method: 'GET', path: '/' })
      let seen = ''
      const pumped = body.pump((piece) => {
        seen += Buffer.from(piece).toString()
      })
      await expect(pumped).rejects.toMatchObject({ code: 'transport/unexpected-eof', message: 'unexpected EOF' })
      expect(seen).toBe('hello')
    })
  })

  describe(`${name}: abort signals`, () => {
    test('before the request', async () => {
      const { transport, server } = await start(() => undefined)
      const signal = AbortSignal.abort(new Error('never mind'))
      await expect(transport.request({ method: 'GET', path: '/', signal })).rejects.toThrow('never mind')
      expect(server.requests).toEqual([])
    })

    test('while there is no answer', async () => {
      const { transport, server } = await start(() => undefined)
      const abort = new AbortController()
      const response = transport.request({ method: 'GET', path: '/', signal: abort.signal })
      await expect.poll(() => server.requests.length).toBe(1)
      abort.abort(new Error('enough'))
      await expect(response).rejects.toThrow('enough')
      await expect.poll(() => server.open()).toBe(0)
    })

    test.each(['pump', 'iteration'])('within the body, read by %s', async (way) => {
      const { transport, server } = await start(({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n')
      })
      const abort = new AbortController()
      const { body } = await transport.request({ method: 'GET', path: '/', signal: abort.signal })
      const read = async () => {
        if (way === 'pump') return body.pump(() => void setImmediate(() => abort.abort(new Error('enough'))))
        for await (const piece of body) if (piece.length > 0) setImmediate(() => abort.abort(new Error('enough')))
        return undefined
      }
      await expect(read()).rejects.toThrow('enough')
      await expect.poll(() => server.open()).toBe(0)
    })

    test('within an upload', async () => {
      const { transport, server } = await start(async (request) => void (await request.body()))
      const abort = new AbortController()
      async function* body() {
        for (;;) {
          yield Buffer.alloc(1000)
          await sleep(1)
        }
      }
      const response = transport.request({ method: 'POST', path: '/', body: body(), signal: abort.signal })
      await expect.poll(() => server.requests.length).toBe(1)
      abort.abort(new Error('enough'))
      await expect(response).rejects.toThrow('enough')
      await expect.poll(() => server.open()).toBe(0)
    })

    test('after the answer, to no effect on the connection', async () => {
      const { transport, server } = await start(({ socket }) => void socket.write(ok('x')))
      const abort = new AbortController()
      await drain(await transport.request({ method: 'GET', path: '/', signal: abort.signal }))
      abort.abort()
      await drain(await transport.request({ method: 'GET', path: '/' }))
      expect(server.connections).toBe(1)
    })
  })
}

function hijackContract(name: string, start: Start, stream: 'whole' | 'small'): void {
  const upgrade = { method: 'POST', path: '/attach', headers: { Connection: 'Upgrade', Upgrade: 'tcp' } }
  const UPGRADED = 'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nUpgrade: tcp\r\n\r\n'
  const STREAMING = 'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\n\r\n'

  describe(`${name}: hijacking`, () => {
    test.each([
      ['101', UPGRADED, 101],
      ['200 and a stream', STREAMING, 200],
    ])('with %s: bytes that came along, both directions, half-close', async (_kind, head, status) => {
      const { transport } = await start(async ({ socket }) => {
        socket.write(`${head}early `)
        const heard: Buffer[] = []
        socket.on('data', (data: Buffer) => heard.push(data)).resume()
        await new Promise((resolve) => socket.once('end', resolve))
        socket.end(`heard ${Buffer.concat(heard).toString()}`)
      })
      const hijack = await transport.hijack({ ...upgrade, body: '{"a":1}' })
      if (!hijack.upgraded) throw new Error('not upgraded')
      expect(hijack.status).toBe(status)
      hijack.socket.write('one ')
      hijack.socket.write('two')
      hijack.socket.end()
      let seen = ''
      await hijack.pump((piece) => void (seen += Buffer.from(piece).toString()))
      // The server does not read the body by itself here, so the request's is what it hears first.
      expect(seen).toBe('early heard {"a":1}one two')
    })

    test('is read by data events, and by pump', async () => {
      for (const way of ['data', 'pump']) {
        const { transport } = await start(async ({ socket }) => {
          socket.write(`${UPGRADED}early `)
          await sleep(20)
          socket.end('late')
        })
        const hijack = await transport.hijack(upgrade)
        if (!hijack.upgraded) throw new Error('not upgraded')
        let seen = ''
        const note = (piece: Uint8Array) => {
          seen += Buffer.from(piece).toString()
        }
        if (way === 'pump') await hijack.pump(note)
        else {
          hijack.socket.on('data', note).resume()
          await new Promise((resolve) => hijack.socket.on('end', resolve))
        }
        expect(seen).toBe('early late')
      }
    })

    test.each(stream === 'whole' ? ['pump', 'iteration'] : ['pump'])(
      'carries much, at the pace of the reader, by %s',
      async (way) => {
        const total = 200 * 64 * 1024
        const { transport } = await start(async ({ socket }) => {
          socket.write(UPGRADED)
          for (let sent = 0; sent < total; sent += 64 * 1024) {
            if (!socket.write(pattern(sent, 64 * 1024))) await new Promise((resolve) => socket.once('drain', resolve))
          }
          socket.end()
        })
        const hijack = await transport.hijack(upgrade)
        if (!hijack.upgraded) throw new Error('not upgraded')
        let seen = 0
        const check = async (piece: Uint8Array) => {
          if (seen % 3 === 0) await sleep(1)
          expect(Buffer.compare(piece, pattern(seen, piece.length))).toBe(0)
          seen += piece.length
        }
        if (way === 'pump') await hijack.pump(check)
        else for await (const piece of hijack.socket) await check(piece as Buffer)
        expect(seen).toBe(total)
      },
    )

    test('takes what is written at the pace of the server, and the end after it', async () => {
      const total = 200 * 64 * 1024
      let read = (): void => undefined
      let heard = 0
      const { transport } = await start(async ({ socket }) => {
        socket.write(UPGRADED)
        await new Promise<void>((resolve) => (read = resolve))
        socket.on('data', (data: Buffer) => {
          expect(Buffer.compare(data, pattern(heard, data.length))).toBe(0)
          heard += data.length
        })
        socket.on('end', () => socket.end(`heard ${heard}`)).resume()
        await new Promise((resolve) => socket.once('close', resolve))
      })
      const hijack = await transport.hijack(upgrade)
      if (!hijack.upgraded) throw new Error('not upgraded')
      const write = streamWriter(hijack.socket)
      let sent = 0
      const sending = (async () => {
        const memory = Buffer.alloc(64 * 1024)
        for (; sent < total; sent += memory.length) {
          memory.set(pattern(sent, memory.length))
          await write(memory)
        }
        hijack.socket.end()
      })()
      await sleep(100)
      expect(sent).toBeLessThan(total / 2)
      read()
      let seen = ''
      await hijack.pump((piece) => void (seen += Buffer.from(piece).toString()))
      await sending
      expect(seen).toBe(`heard ${total}`)
    })

    test('that is refused gives the response', async () => {
      const { transport } = await start(({ socket }) => void socket.end(reply('409 Conflict', '{"message":"paused"}')))
      const hijack = await transport.hijack(upgrade)
      if (hijack.upgraded) throw new Error('upgraded')
      expect(hijack.response.status).toBe(409)
      expect(await hijack.response.body.text()).toBe('{"message":"paused"}')
    })

    test('ends with its signal', async () => {
      const { transport, server } = await start(({ socket }) => void socket.write(`${UPGRADED}x`))
      const abort = new AbortController()
      const hijack = await transport.hijack({ ...upgrade, signal: abort.signal })
      if (!hijack.upgraded) throw new Error('not upgraded')
      const pumped = hijack.pump(() => abort.abort())
      await expect(pumped).rejects.toMatchObject({ name: 'AbortError' })
      await expect.poll(() => server.open()).toBe(0)
    })

    test('ends when the transport is closed', async () => {
      const { transport, server } = await start(({ socket }) => void socket.write(UPGRADED))
      await transport.hijack(upgrade)
      transport.close()
      await expect.poll(() => server.open()).toBe(0)
    })
  })
}

function ok(body: string): string {
  return reply('200 OK', body)
}

function reply(status: string, body: string): string {
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

function checksum(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, i) => (sum + byte * ((i % 251) + 1)) % 1_000_003, 0)
}

function pattern(from: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  for (let i = 0; i < size; i++) bytes[i] = (from + i) % 251
  return bytes
}

async function drain(response: TransportResponse): Promise<void> {
  await response.body.pump(() => undefined)
}
