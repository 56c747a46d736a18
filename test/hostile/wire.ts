import { STATUS_CODES } from 'node:http'
import type { Good } from './replies.ts'

/** A reply's bytes, and where its parts end in them. */
export interface Reply {
  readonly bytes: Buffer
  readonly statusLine: number
  readonly head: number
}

/** What is written otherwise than the reply would have it. */
export interface Written {
  readonly statusLine?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Header lines as they are, with their line ends. */
  readonly extra?: string
  readonly body?: string | Buffer
  /** How the body's end is told; by the kind's own way unless said otherwise. */
  readonly framing?: 'length' | 'chunked' | 'close' | 'none'
}

const daemonHeaders = {
  'Api-Version': '1.52',
  'Docker-Experimental': 'true',
  Ostype: 'linux',
  'Builder-Version': '2',
  Server: 'Docker/29.0.0 (linux)',
}

/** The bytes of a reply: by default as a well-behaved engine writes them. */
export function wholeReply(good: Good, written: Written = {}): Reply {
  const status = written.status ?? good.status
  const framing = written.framing ?? framingOf(good, status)
  const body = Buffer.from(written.body ?? good.body)
  const statusLine = `${written.statusLine ?? `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Status'}`}\r\n`
  const headers = {
    ...daemonHeaders,
    ...good.headers,
    ...written.headers,
    ...(good.kind === 'upgrade' && status === 101 ? { Connection: 'Upgrade', Upgrade: 'tcp' } : {}),
    ...(framing === 'length' ? { 'Content-Length': String(body.length) } : {}),
    ...(framing === 'chunked' ? { 'Transfer-Encoding': 'chunked' } : {}),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = Buffer.from(`${statusLine}${lines.join('')}${written.extra ?? ''}\r\n`, 'latin1')
  const payload = good.kind === 'stat' ? Buffer.alloc(0) : framing === 'chunked' ? chunked(body) : body
  return { bytes: Buffer.concat([head, payload]), statusLine: statusLine.length, head: head.length }
}

/** A body in two chunks, or in chunks of `size` bytes. */
export function chunked(body: Buffer, size = Math.max(1, Math.ceil(body.length / 2)), extension = ''): Buffer {
  const chunks: Buffer[] = []
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size)
    chunks.push(Buffer.from(`${part.length.toString(16)}${extension}\r\n`), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...chunks, Buffer.from(`0${extension}\r\n\r\n`)])
}

function framingOf({ kind, body }: Good, status: number): 'length' | 'chunked' | 'none' {
  if (status === 101 || status === 204 || status === 304 || kind === 'stat') return 'none'
  if (kind === 'ping') return body.length === 0 ? 'none' : 'length'
  return kind === 'json' || kind === 'none' || body.length === 0 ? 'length' : 'chunked'
}
