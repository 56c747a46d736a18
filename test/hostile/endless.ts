import type { Socket } from 'node:net'
import type { Good } from './replies.ts'
import { wholeReply, type Written } from './wire.ts'

/** A reply that never ends: what comes before, and what comes again and again. */
export interface Endless {
  readonly name: string
  /** The command line that meets it, and the request that is answered so. */
  readonly argv: readonly string[]
  readonly key: string
  before(good: Good): string | Buffer
  readonly again: string | Buffer
  /** What comes of it is a reply that is right, once it ends. */
  readonly harmless?: true
}

const MEGABYTE = 1024 * 1024
const ps = { argv: ['ps'], key: 'GET /containers/json' }
const pull = { argv: ['pull', 'busybox'], key: 'POST /images/create' }
const logs = { argv: ['logs', 'web'], key: 'GET /containers/c0ffee'.padEnd(16 + 64, '0') + '/logs' }

/** Every part of a reply that has no end by itself. */
export const withoutEnd: readonly Endless[] = [
  { name: 'a status line', ...ps, before: () => 'HTTP/1.1 200 ', again: 'x'.repeat(MEGABYTE) },
  { name: 'a header', ...ps, before: () => 'HTTP/1.1 200 OK\r\nX: ', again: 'x'.repeat(MEGABYTE) },
  { name: 'headers', ...ps, before: () => 'HTTP/1.1 200 OK\r\n', again: 'X-Y: z\r\n'.repeat(100_000) },
  { name: 'interim answers', ...ps, before: () => '', again: 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(10_000) },
  { name: 'a chunk size', ...ps, before: chunkedHead, again: '0'.repeat(MEGABYTE) },
  { name: 'a chunk extension', ...ps, before: (good) => `${chunkedHead(good)}5;`, again: 'x'.repeat(MEGABYTE) },
  {
    name: 'trailers',
    ...ps,
    before: (good) => `${chunkedHead(good)}2\r\n[]\r\n0\r\n`,
    again: 'X-Y: z\r\n'.repeat(100_000),
  },
  { name: 'a JSON string', ...ps, before: (good) => `${closeHead(good)}[{"Id":"`, again: 'x'.repeat(MEGABYTE) },
  { name: 'a list', ...ps, before: (good) => `${closeHead(good)}[`, again: '{"Id":"a"},'.repeat(100_000) },
  { name: 'lists in lists', ...ps, before: closeHead, again: '['.repeat(MEGABYTE) },
  { name: 'white space', ...ps, before: closeHead, again: ' '.repeat(MEGABYTE) },
  { name: 'an error', ...ps, before: (good) => closeHead(good, { status: 500 }), again: 'x'.repeat(MEGABYTE) },
  {
    name: 'a message of progress',
    ...pull,
    before: (good) => `${closeHead(good)}{"status":"`,
    again: 'x'.repeat(MEGABYTE),
  },
  { name: 'white space between messages', harmless: true, ...pull, before: closeHead, again: '\n'.repeat(MEGABYTE) },
  { name: "a daemon's error in frames", ...logs, before: errorFrame, again: 'x'.repeat(MEGABYTE) },
]

/** Sends it, as fast as it is taken, until `limit` bytes have gone out or the client has gone. */
export function sendEndlessly(socket: Socket, good: Good, endless: Endless, limit: number): void {
  const piece = Buffer.from(endless.again)
  let sent = 0
  const more = (): void => {
    while (sent < limit && !socket.destroyed) {
      sent += piece.length
      if (!socket.write(piece)) return void socket.once('drain', more)
    }
    socket.end()
  }
  socket.write(endless.before(good))
  more()
}

function closeHead(good: Good, written: Written = {}): string {
  return wholeReply(good, { ...written, framing: 'close', body: '' }).bytes.toString('latin1')
}

function chunkedHead(good: Good): string {
  return closeHead(good, { extra: 'Transfer-Encoding: chunked\r\n' })
}

// A frame of the daemon's errors of 4 GiB.
function errorFrame(good: Good): Buffer {
  return Buffer.concat([Buffer.from(closeHead(good), 'latin1'), Buffer.from([3, 0, 0, 0, 255, 255, 255, 255])])
}
