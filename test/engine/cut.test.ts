import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { bun } from '../../src/runtime/bun.ts'
import type { RequestTransport } from '../../src/engine/transport.ts'
import type { RawRequest } from './raw-server.ts'
import type { Start } from './transport-contract.ts'
import { overBun, overBunTcp, overTcp, overTls, overUndici, overUnix } from './transports.ts'

// A connection, and with TLS a handshake, for every byte.
vi.setConfig({ testTimeout: 60_000 })

const transports: [name: string, start: Start<RequestTransport>][] = [
  ['http1 over a unix socket', overUnix],
  ['http1 over a unix socket of Bun', overBun],
  ['http1 over TCP', overTcp],
  ['http1 over TCP of Bun', overBunTcp],
  ['http1 over TLS', overTls],
  ['undici over TCP', overUndici],
]

const responses: [what: string, bytes: string][] = [
  ['a length', 'HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 5\r\n\r\nhello'],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x\r\nlo\r\n0\r\nA: b\r\n\r\n'],
  ['an interim answer', 'HTTP/1.1 103 Hint\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'],
]

/** What the server does after the last byte; a reset needs a socket that is TCP on the server's side. */
const cuts: [how: string, cut: (socket: RawRequest['socket']) => void][] = [
  ['closes', (socket) => void socket.end()],
  ['resets', (socket) => void ('encrypted' in socket ? socket.destroy() : socket.resetAndDestroy())],
]

describe.each(transports)('%s, a response cut short', (name, start) => {
  describe.each(responses)('with %s', (_what, bytes) => {
    test.each(cuts.filter(([how]) => how !== 'resets' || !name.includes('unix')))(
      'at any byte, where the server %s, fails',
      async (_how, cut) => {
        const { transport, server } = await start(async ({ socket, path }) => {
          await new Promise((resolve) => socket.write(bytes.slice(0, Number(path.slice(1))), resolve))
          cut(socket)
        })
        for (let at = 0; at < bytes.length; at++) {
          const error = await get(transport, `/${at}`).catch((reason: unknown) => reason)
          expect(error, `after ${at} bytes`).toMatchObject({ code: expect.stringMatching(/^transport\//) as string })
        }
        await expect.poll(() => server.open()).toBe(0)
      },
    )

    test('at any byte, where the server waits, ends with the signal', async () => {
      let sent: () => void = () => undefined
      const { transport, server } = await start(({ socket, path }) => {
        socket.write(bytes.slice(0, Number(path.slice(1))), () => sent())
      })
      for (let at = 0; at < bytes.length; at++) {
        const abort = new AbortController()
        const arrived = new Promise<void>((resolve) => {
          sent = resolve
        })
        const response = get(transport, `/${at}`, abort.signal)
        void arrived.then(() => setImmediate(() => abort.abort(new Error('enough'))))
        await expect(response, `after ${at} bytes`).rejects.toThrow('enough')
      }
      await expect.poll(() => server.open()).toBe(0)
    })
  })
})

// TLS is left out: Node has let go of what came before a write that failed. So is undici: nothing that is sent to a
// registry is large.
describe.each(transports.slice(0, 4))('%s, an upload that the server does not want', (_name, start) => {
  test('has the answer that came before the server closed', async () => {
    const { transport } = await start(({ socket }) => {
      const body = '{"message":"too large"}'
      const head = `HTTP/1.1 413 Request Entity Too Large\r\nConnection: close\r\nContent-Length: ${body.length}`
      // What was not read makes the system reset the connection.
      socket.write(`${head}\r\n\r\n${body}`, () => socket.destroy())
    })
    for (let round = 0; round < 20; round++) {
      const response = await transport.request({ method: 'POST', path: '/', body: endless() })
      expect(response.status).toBe(413)
      expect(await response.body.text()).toBe('{"message":"too large"}')
    }
  })

  test('fails where the server closes without an answer', async () => {
    const { transport } = await start(({ socket }) => void socket.destroy())
    const response = transport.request({ method: 'POST', path: '/', body: endless() })
    await expect(response).rejects.toMatchObject({ code: expect.stringMatching(/^transport\/(eof|broken)$/) as string })
  })
})

describe.each([
  ['http1 over TCP', overTcp],
  ['http1 over TCP of Bun', overBunTcp],
  ['http1 over TLS', overTls],
] as const)('%s, a hijacked connection', (_name, start) => {
  const upgrade = { method: 'POST', path: '/', headers: { Connection: 'Upgrade', Upgrade: 'tcp' } }
  const UPGRADED = 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'

  test('that breaks before anybody pumps is an error', async () => {
    const { transport } = await start(({ socket }) => void socket.write(`${UPGRADED}early`))
    const hijack = await transport.hijack(upgrade)
    if (!hijack.upgraded) throw new Error('not upgraded')
    hijack.socket.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
    await new Promise((resolve) => hijack.socket.once('close', resolve))
    await expect(hijack.pump(() => undefined)).rejects.toMatchObject({
      code: 'transport/broken',
      message: 'read: connection reset by peer',
    })
  })

  test('that is closed before anybody pumps ends where the server ended it', async () => {
    const { transport, server } = await start(({ socket }) => void socket.end(`${UPGRADED}all of it`))
    const hijack = await transport.hijack(upgrade)
    if (!hijack.upgraded) throw new Error('not upgraded')
    await sleep(20)
    let seen = ''
    await hijack.pump((chunk) => void (seen += Buffer.from(chunk).toString()))
    expect(seen).toBe('all of it')
    hijack.socket.destroy()
    await expect.poll(() => server.open()).toBe(0)
  })
})

test.each([
  ['TCP', overTcp],
  ['TCP of Bun', overBunTcp],
])('a hijacked connection over %s that the server resets before anybody pumps is an error', async (_, start) => {
  const { transport, server } = await start(async ({ socket }) => {
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
    socket.once('data', () => socket.resetAndDestroy())
  })
  const hijack = await transport.hijack({ method: 'POST', path: '/', headers: { Upgrade: 'tcp' } })
  if (!hijack.upgraded) throw new Error('not upgraded')
  hijack.socket.write('now')
  await expect.poll(() => server.open()).toBe(0)
  await expect(hijack.pump(() => undefined)).rejects.toMatchObject({ code: 'transport/broken' })
})

test.skipIf(bun === undefined)(
  'what the server of a hijacked connection said before it closed is read to its end, though a write failed',
  async () => {
    const output = Buffer.alloc(100_000, 'x')
    const { transport, server } = await overBun(({ socket }) => {
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
      socket.write(output, () => socket.destroy())
    })
    const hijack = await transport.hijack({ method: 'POST', path: '/', headers: { Upgrade: 'tcp' } })
    if (!hijack.upgraded) throw new Error('not upgraded')
    await expect.poll(() => server.open()).toBe(0)
    const failed = new Promise((resolve) => hijack.socket.on('error', resolve))
    let seen = 0
    const pumped = hijack.pump(async (chunk) => {
      seen += chunk.length
      hijack.socket.write('input')
      await failed
    })
    await expect(pumped).resolves.toBeUndefined()
    expect(await failed).toMatchObject({ code: 'EPIPE' })
    expect(seen).toBe(output.length)
  },
)

async function* endless(): AsyncGenerator<Uint8Array> {
  for (let i = 0; ; i++) {
    yield Buffer.alloc(64 * 1024)
    if (i % 4 === 0) await sleep(0)
  }
}

async function get(transport: RequestTransport, path: string, signal?: AbortSignal): Promise<string> {
  const { body } = await transport.request({ method: 'GET', path, ...(signal === undefined ? {} : { signal }) })
  return body.text()
}
