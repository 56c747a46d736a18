import { randomBytes } from 'node:crypto'
import http2 from 'node:http2'
import type { Socket } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { connectGrpc } from '../../src/build/grpc/client.ts'
import { frame } from '../../src/build/grpc/frames.ts'
import { serveGrpc, serves, type GrpcServer, type Served } from '../../src/build/grpc/server.ts'
import { GrpcError } from '../../src/build/grpc/status.ts'
import { bytes, map, repeated, string, uint32 } from '../../src/build/proto/field.ts'
import { message } from '../../src/build/proto/message.ts'
import { serverStream, service, stream, unary } from '../../src/build/proto/service.ts'
import { daemonOf, socketPair } from './daemon.ts'

const word = message({
  text: string(1),
  bytes: bytes(2),
  count: uint32(3),
  list: repeated(string(4)),
  map: map(5, string),
})
const words = service('test.Words', {
  echo: unary('Echo', word, word),
  count: serverStream('Count', word, word),
  talk: stream('Talk'),
})

async function connected(...served: Served[]): Promise<{
  client: ReturnType<typeof connectGrpc>
  server: GrpcServer
  sockets: [Socket, Socket]
}> {
  const sockets = await socketPair()
  const server = serveGrpc(sockets[1], served)
  const client = connectGrpc(sockets[0])
  onTestFinished(() => client.close())
  return { client, server, sockets }
}

const echo = serves(words, {
  echo: (request) => request,
  count: async (call) => {
    for (let i = 0; i < 3; i++) await call.send(word, { count: i })
  },
  talk: async () => undefined,
})

test('a unary call carries every kind of field both ways', async () => {
  const { client } = await connected(echo)
  const sent = { text: 'grün', bytes: Buffer.from([0, 255]), count: 300, list: ['', 'a'], map: { a: 'b', c: '' } }
  const got = await client.client(words).echo(sent)
  expect({ ...got, bytes: Buffer.from(got.bytes), map: { ...got.map } }).toEqual(sent)
})

test('messages larger than a frame and than the window arrive whole', async () => {
  const { client } = await connected(echo)
  const big = Buffer.alloc(5_000_000, 'x')
  const got = await client.client(words).echo({ bytes: big })
  expect(Buffer.compare(got.bytes, big)).toBe(0)
})

test('a stream of answers comes in order, and can be left', async () => {
  const { client } = await connected(echo)
  const counts: number[] = []
  for await (const { count } of client.client(words).count({})) counts.push(count)
  expect(counts).toEqual([0, 1, 2])
  for await (const { count } of client.client(words).count({})) {
    expect(count).toBe(0)
    break
  }
  expect((await client.client(words).echo({ text: 'still' })).text).toBe('still')
})

test('an error keeps its code and its words', async () => {
  const refusing = serves(words, {
    echo: () => {
      throw new GrpcError('NotFound', 'no such wörd: 100%\n')
    },
    count: async () => {
      throw new Error('plain')
    },
    talk: async () => undefined,
  })
  const { client } = await connected(refusing)
  const { echo: call, count } = client.client(words)
  await expect(call({})).rejects.toMatchObject({ code: 'NotFound', message: 'no such wörd: 100%\n' })
  await expect(count({}).next()).rejects.toMatchObject({ code: 'Unknown', message: 'plain' })
})

test.each([
  [{ other: 'trailer' }, 'the daemon ended a call without its status'],
  [{ 'grpc-status': '8' }, 'ResourceExhausted, without a reason'],
])('an end that says too little, %j, is no good one', async (trailers, message) => {
  const [near, far] = await socketPair()
  const session = http2.performServerHandshake(far)
  session.on('error', () => undefined)
  session.on('stream', (stream) => {
    stream.respond({ ':status': 200 }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.end(frame(word, { text: 'a' }))
  })
  const client = connectGrpc(near)
  onTestFinished(() => client.close())
  await expect(client.client(words).echo({})).rejects.toThrow(message)
})

test('a call that is given up ends on a connection that is out of step', async () => {
  const [near, far] = await socketPair()
  far.resume()
  // Settings, an acknowledgement that lacks a byte, and the head of an answer.
  far.write(Buffer.from('000000040000000000' + '0000000401000000' + '00003b01040000000188', 'hex'))
  const client = connectGrpc(near)
  onTestFinished(() => client.close())
  // Node 22 and newer see by themselves that the connection is no good.
  await expect(client.client(words).echo({}, { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
    name: expect.stringMatching(/^(TimeoutError|GrpcError)$/),
  })
})

test('a method that nobody serves is Unimplemented', async () => {
  const { client } = await connected()
  await expect(client.client(words).echo({})).rejects.toMatchObject({ code: 'Unimplemented' })
})

test('an aborted call throws the reason, and its server sees it', async () => {
  let seen: AbortSignal | undefined
  const waiting = serves(words, {
    echo: async (_, { signal }) => {
      seen = signal
      await once(signal, 'abort')
      return {}
    },
    count: async () => undefined,
    talk: async () => undefined,
  })
  const { client } = await connected(waiting)
  const abort = new AbortController()
  const call = client.client(words).echo({}, { signal: abort.signal })
  await expect.poll(() => seen).toBeDefined()
  abort.abort(new Error('enough'))
  await expect(call).rejects.toThrow('enough')
  await expect.poll(() => seen?.aborted).toBe(true)
})

test('a connection that breaks ends its calls in words, and the server', async () => {
  let called = false
  const waiting = serves(words, {
    echo: () => {
      called = true
      return new Promise(() => undefined)
    },
    count: async () => undefined,
    talk: async () => undefined,
  })
  const { client, server, sockets } = await connected(waiting)
  const call = client.client(words).echo({})
  call.catch(() => undefined)
  await expect.poll(() => called).toBe(true)
  sockets[1].destroy()
  await expect(call).rejects.toMatchObject({
    code: 'Unavailable',
    message: /connection to the daemon's builder was lost/,
  })
  await server.done
  await expect(client.client(words).echo({})).rejects.toMatchObject({ code: 'Unavailable' })
})

test('what came before HTTP/2 took the connection over is not lost', async () => {
  const [near, far] = await socketPair()
  const client = connectGrpc(near)
  onTestFinished(() => client.close())
  const call = client.client(words).echo({ text: 'early' })
  // Read, and put back, as what follows a response's head is.
  const [first] = (await once(far, 'data')) as [Buffer]
  far.pause()
  far.unshift(first)
  serveGrpc(far, [echo])
  expect((await call).text).toBe('early')
})

test('a handler that stops reading ends the call well all the same', async () => {
  const lazy = serves(words, {
    echo: (request) => request,
    count: async () => undefined,
    talk: async (call) => {
      for await (const { text } of call.read(word)) {
        await call.send(word, { text })
        if (text === 'last') return
      }
    },
  })
  const daemon = await daemonOf(lazy)
  const call = daemon.open('/test.Words/Talk')
  for (const text of ['first', 'last', 'unread']) call.send(word, { text })
  expect([(await call.next(word))?.text, (await call.next(word))?.text]).toEqual(['first', 'last'])
  expect(await call.next(word)).toBeUndefined()
  expect(await call.ended()).toBeUndefined()
})

test('a sender waits for a reader that does not read', async () => {
  let sent = 0
  const flood = serves(words, {
    echo: (request) => request,
    count: async () => undefined,
    talk: async (call) => {
      for (; sent < 1000; sent++) await call.send(word, { bytes: Buffer.alloc(100_000) })
    },
  })
  const daemon = await daemonOf(flood)
  const call = daemon.open('/test.Words/Talk')
  await expect.poll(() => sent).toBeGreaterThan(3)
  await daemon.client(words).echo({})
  expect(sent).toBeLessThan(100)
  call.cancel()
})

test('what waits for a slow reader is not written over by what is sent next', async () => {
  const messages = Array.from({ length: 60 }, () => randomBytes(40_000))
  let waits = 0
  const flood = serves(words, {
    echo: (request) => request,
    count: async () => undefined,
    talk: async (call) => {
      for (const each of messages) {
        const wait = call.send(word, { bytes: each })
        if (wait === undefined) continue
        waits++
        await wait
      }
    },
  })
  const daemon = await daemonOf(flood)
  const call = daemon.open('/test.Words/Talk')
  await expect.poll(() => waits).toBe(1)
  for (const each of messages) {
    // A turn in between, so that some of it is with HTTP/2 and some before it.
    await new Promise((resolve) => setImmediate(resolve))
    const got = await call.next(word)
    expect(got !== undefined && each.equals(got.bytes)).toBe(true)
  }
  expect(waits).toBeGreaterThan(1)
  expect(await call.next(word)).toBeUndefined()
  expect(await call.ended()).toBeUndefined()
})

test('values of one name stay apart, and a call may bring thousands', async () => {
  let got: readonly string[] = []
  const listening = serves(words, {
    echo: (request) => request,
    count: async () => undefined,
    talk: async ({ metadata }) => {
      got = metadata.get('pattern') ?? []
    },
  })
  const patterns = Array.from({ length: 3000 }, (_, i) => `a, ${i}`)
  const daemon = await daemonOf(listening)
  expect(await daemon.open('/test.Words/Talk', { pattern: patterns }).ended()).toBeUndefined()
  expect(got).toEqual(patterns)
})

test('what a handler still sends after it failed does not hide why', async () => {
  const torn = serves(words, {
    echo: (request) => request,
    count: async () => undefined,
    talk: async (call) => {
      const going = async (): Promise<void> => {
        for (;;) await (call.send(word, { text: 'more' }) ?? new Promise((resolve) => setImmediate(resolve)))
      }
      const failing = new Promise((_, reject) => setImmediate(() => reject(new Error('the reason'))))
      await Promise.all([going(), failing])
    },
  })
  const daemon = await daemonOf(torn)
  const call = daemon.open('/test.Words/Talk')
  while ((await call.next(word)) !== undefined);
  expect(await call.ended()).toMatchObject({ message: 'the reason' })
})

test('what is closed as soon as it is open leaves nothing behind', async () => {
  for (const side of ['client', 'server'] as const) {
    const [near, far] = await socketPair()
    if (side === 'client') serveGrpc(far, [echo])
    else connectGrpc(far)
    // Something is there already when it opens.
    const [first] = (await once(near, 'data')) as [Buffer]
    near.pause()
    near.unshift(first)
    const opened = side === 'client' ? connectGrpc(near) : serveGrpc(near, [echo])
    opened.close()
    await once(near, 'close')
  }
})
