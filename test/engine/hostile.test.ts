import { describe, expect, test, vi } from 'vitest'
import type { RequestTransport, TransportResponse } from '../../src/engine/transport.ts'
import type { RawRequest } from './raw-server.ts'
import type { Start } from './transport-contract.ts'
import { overBun, overTcp, overTls, overUndici, overUnix } from './transports.ts'

vi.setConfig({ testTimeout: 30_000 })

const transports: [name: string, start: Start<RequestTransport>][] = [
  ['http1 over a unix socket', overUnix],
  ['http1 over a unix socket of Bun', overBun],
  ['http1 over TCP', overTcp],
  ['http1 over TLS', overTls],
  ['undici over TCP', overUndici],
]

/** What undici does otherwise and no option of it changes. Registries alone are talked to with it, for a minute at most. */
const undiciDiffers: ReadonlySet<string> = new Set([
  // Taken.
  'HTTP/2.0',
  'more headers than the limit',
  // Read on; nothing piles up.
  'a status line',
  'zeros of a chunk size',
  'a chunk extension',
  'long extensions of short chunks',
  // Refused.
  '100 Continue that nobody asked for',
  'a header in two lines',
  'the same length twice',
  '204 and bytes after it',
  'extensions of chunks',
])

const OK = 'HTTP/1.1 200 OK\r\n'
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`
const HELLO = 'Content-Length: 5\r\n\r\nhello'

/** Responses that a client has to refuse at once, without waiting for more. */
const refused: [what: string, bytes: string][] = [
  ['status 000', 'HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n'],
  ['status 099', `HTTP/1.1 099 Low\r\n${HELLO}`],
  ['a status of two digits', `HTTP/1.1 20 OK\r\n${HELLO}`],
  ['a status of four digits', `HTTP/1.1 2000 OK\r\n${HELLO}`],
  ['no status', `HTTP/1.1\r\n${HELLO}`],
  ['HTTP/2.0', `HTTP/2.0 200 OK\r\n${HELLO}`],
  ['HTTP/0.9', 'hello'],
  ['lines without carriage return', 'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello'],
  ['a switch of protocols that nobody asked for', 'HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nhello'],
  ['Transfer-Encoding: gzip', `${OK}Transfer-Encoding: gzip\r\n\r\nhello`],
  ['Transfer-Encoding: gzip, chunked', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`],
  ['Transfer-Encoding twice', `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['two lengths', `${OK}Content-Length: 3\r\n${HELLO}`],
  ['a list of lengths', `${OK}Content-Length: 5, 5\r\n\r\nhello`],
  ['a negative length', `${OK}Content-Length: -5\r\n\r\nhello`],
  ['a length with a sign', `${OK}Content-Length: +5\r\n\r\nhello`],
  ['a hexadecimal length', `${OK}Content-Length: 0x5\r\n\r\nhello`],
  ['a length beyond counting', `${OK}Content-Length: 99999999999999999999\r\n\r\nhello`],
  ['a length and chunks', `${OK}Transfer-Encoding: chunked\r\n${HELLO}`],
  ['a header without colon', `${OK}no colon\r\n${HELLO}`],
  ['a header without name', `${OK}: x\r\n${HELLO}`],
  ['a space in a header name', `${OK}A B: x\r\n${HELLO}`],
  ['a space before the colon', `${OK}Content-Length : 5\r\n\r\nhello`],
  ['NUL in a header', `${OK}A: b\0c\r\n${HELLO}`],
  ['a first header that goes on', `${OK} A: b\r\n${HELLO}`],
  ['a header longer than the limit', `${OK}A: ${'b'.repeat(100_000)}\r\n${HELLO}`],
  ['more headers than the limit', `${OK}${'A: b\r\n'.repeat(20_000)}${HELLO}`],
  ['a chunk size that is none', `${CHUNKED}x\r\nhello\r\n0\r\n\r\n`],
  ['a negative chunk size', `${CHUNKED}-5\r\nhello\r\n0\r\n\r\n`],
  ['an empty chunk size', `${CHUNKED}\r\nhello\r\n0\r\n\r\n`],
  ['a chunk size beyond counting', `${CHUNKED}fffffffffffffffff\r\nhello`],
  ['two chunk sizes', `${CHUNKED}5 6\r\nhello\r\n0\r\n\r\n`],
  ['a chunk longer than its size', `${CHUNKED}4\r\nhello\r\n0\r\n\r\n`],
]

/** Responses without end: a start, and what comes again and again after it. */
const endless: [what: string, start: string, again: string][] = [
  ['100 Continue', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['interim answers', '', 'HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n'],
  ['a status line', 'HTTP/1.1 200 ', 'OK'],
  ['a header', `${OK}A: `, 'b'],
  ['a header that goes on', `${OK}A: b`, '\r\n '],
  ['headers', OK, 'A: b\r\n'],
  ['zeros of a chunk size', CHUNKED, '0'],
  ['spaces after a chunk size', `${CHUNKED}5`, ' '],
  ['a chunk extension', `${CHUNKED}5;`, 'x'],
  ['long extensions of short chunks', CHUNKED, `1;${'x'.repeat(3000)}\r\na\r\n`],
  ['a trailer', `${CHUNKED}0\r\nA: `, 'b'],
  ['trailers', `${CHUNKED}0\r\n`, 'A: b\r\n'],
]

/** Responses that are odd, and right: what follows the head is `hello` or, where `body` says so, something else. */
const accepted: [what: string, bytes: string, body?: string][] = [
  ['100 Continue that nobody asked for', `HTTP/1.1 100 Continue\r\n\r\n${OK}${HELLO}`],
  ['a few interim answers', `${'HTTP/1.1 102 Processing\r\nA: b\r\n\r\n'.repeat(20)}${OK}${HELLO}`],
  ['no reason', `HTTP/1.1 200\r\n${HELLO}`],
  ['an empty reason', `HTTP/1.1 200 \r\n${HELLO}`],
  ['a reason that is no text', `HTTP/1.1 200 \xff\xfe\r\n${HELLO}`],
  ['a header that is no text', `${OK}A: \xff\xfe\r\n${HELLO}`],
  ['a header named __proto__', `${OK}__proto__: x\r\n${HELLO}`],
  ['an empty header', `${OK}A:\r\n${HELLO}`],
  ['a header in two lines', `${OK}A: b\r\n\t c\r\n${HELLO}`],
  ['the same length twice', `${OK}Content-Length: 5\r\n${HELLO}`],
  ['spaces around the length', `${OK}Content-Length: \t5 \r\n\r\nhello`],
  ['zeros before a chunk size', `${CHUNKED}00000005\r\nhello\r\n00\r\n\r\n`],
  ['extensions of chunks', `${CHUNKED}3;a="b c";d\r\nhel\r\n2 ; e\r\nlo\r\n0;f\r\n\r\n`],
  ['trailers', `${CHUNKED}5\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n`],
  ['204 and bytes after it', `HTTP/1.1 204 No Content\r\n${HELLO}`, ''],
  ['304 and bytes after it', `HTTP/1.1 304 Not Modified\r\n${HELLO}`, ''],
  ['more bytes than its length', `${OK}${HELLO}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`],
]

describe.each(transports)('%s, a hostile server', (name, start) => {
  const theirs = name.startsWith('undici')
  const known = (what: string) => theirs && undiciDiffers.has(what)
  const failure = { code: theirs ? (expect.stringMatching(/^transport\//) as string) : 'transport/malformed' }

  test.each(refused.filter(([what]) => !known(what)))('%s is refused', async (_what, bytes) => {
    const { transport, server } = await start(({ socket }) => void socket.write(Buffer.from(bytes, 'latin1')))
    await expect(fetchText(transport)).rejects.toMatchObject(failure)
    await expect.poll(() => server.open()).toBe(0)
  })

  test.each(endless.filter(([what]) => !known(what)))('%s without end: an error soon', async (_what, first, again) => {
    let sent = 0
    const block = Buffer.from(again.repeat(Math.ceil(16_384 / again.length)), 'latin1')
    const { transport, server } = await start(async ({ socket }) => {
      socket.write(first)
      for (; !socket.destroyed; sent += block.length) {
        if (!socket.write(block)) await settled(socket, 'drain')
      }
    })
    await expect(fetchText(transport)).rejects.toMatchObject(failure)
    await expect.poll(() => server.open()).toBe(0)
    // What the sockets on the way hold may have been sent besides.
    expect(sent).toBeLessThan(32 * 2 ** 20)
  })

  test.each(accepted.filter(([what]) => !known(what)))('%s is taken', async (_what, bytes, body = 'hello') => {
    const { transport } = await start(({ socket, path }) => {
      socket.write(path === '/second' ? `${OK}Content-Length: 6\r\n\r\nsecond` : Buffer.from(bytes, 'latin1'))
    })
    expect(await fetchText(transport)).toBe(body)
    // What came besides is nobody's answer.
    expect(await fetchText(transport, '/second')).toBe('second')
  })
})

async function fetchText(transport: RequestTransport, path = '/', signal?: AbortSignal): Promise<string> {
  const request = { method: 'GET', path, ...(signal === undefined ? {} : { signal }) }
  const { body }: TransportResponse = await transport.request(request)
  return body.text()
}

/** Resolves at the event, or when the socket has gone. */
function settled(socket: RawRequest['socket'], event: string): Promise<void> {
  return new Promise((resolve) => {
    socket.once(event, () => resolve())
    socket.once('close', () => resolve())
  })
}
