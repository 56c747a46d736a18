import { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { http1Transport } from '../../src/engine/http1.ts'
import { jsonTexts } from '../../src/engine/ndjson.ts'
import { readText } from '../../src/engine/reply.ts'
import { demultiplex } from '../../src/engine/stdcopy.ts'
import type { ResponseBody } from '../../src/engine/transport.ts'

/** What a server answers, as it comes: so many bytes at a time, each in a turn of its own. */
async function answered(answer: Buffer, piece: number): Promise<ResponseBody> {
  const socket = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      send(0)
      done()
    },
  })
  const send = (at: number): void => {
    socket.push(answer.subarray(at, at + piece))
    if (at + piece < answer.length) setImmediate(send, at + piece)
  }
  const { body } = await http1Transport({ connect: () => Promise.resolve(socket) }).request({
    method: 'GET',
    path: '/',
  })
  return body
}

const list = (size: number): string => `[${'1,'.repeat(size / 2)}1]`
const response = (headers: string, body: string): Buffer => Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\n${body}`)
const whole = (body: string): Buffer => response(`Content-Length: ${body.length}\r\n`, body)
const inChunks = (body: string): Buffer =>
  response('Transfer-Encoding: chunked\r\n', `${body.replaceAll(/./g, '1\r\n$&\r\n')}0\r\n\r\n`)
const MEBIBYTE = 2 ** 20

async function text(answer: Buffer, piece: number): Promise<void> {
  await readText(await answered(answer, piece), 'GET /')
}

async function messages(answer: Buffer, piece: number): Promise<void> {
  for await (const each of jsonTexts(await answered(answer, piece))) expect(each).toMatch(/^\[1,/)
}

async function frames(size: number): Promise<void> {
  let got = 0
  const output = demultiplex({ stdout: (bytes) => void (got += bytes.length), stderr: () => undefined })
  const head = Buffer.alloc(8, 0)
  head[0] = 1
  head.writeUInt32BE(size, 4)
  for (const byte of Buffer.concat([head, Buffer.alloc(size)])) await output.write(Uint8Array.of(byte))
  expect(got).toBe(size)
}

test.each<[string, (size: number) => Promise<void>]>([
  ['a head', (size) => text(response(`${'X: 2345678\r\n'.repeat(size / 12)}Content-Length: 0\r\n`, ''), 1)],
  ['a reply', (size) => text(whole(list(size)), 1)],
  ['a reply in chunks of a byte', (size) => text(inChunks(list(size)), 1)],
  ['one message of a stream', (size) => messages(whole(list(size)), 1)],
  ['a frame of a log', frames],
])(
  '%s that comes byte by byte costs in proportion',
  async (_, read) => {
    expect(await growth(read, 5000)).toBeLessThan(3 * GROWTH)
  },
  30_000,
)

test.each([
  ['a reply', text],
  ['a message of a stream', messages],
])(
  '%s in chunks of a byte that come at once costs in proportion',
  async (_, read) => {
    expect(await growth((size) => read(inChunks(list(size)), MEBIBYTE), 20_000)).toBeLessThan(3 * GROWTH)
  },
  30_000,
)

const GROWTH = 10

/** How many times as much processor time that many times the size takes: the least of a few runs each. */
async function growth(read: (size: number) => Promise<void>, size: number): Promise<number> {
  const cost = async (of: number): Promise<number> => {
    let least = Infinity
    for (let run = 0; run < 3; run++) {
      const before = process.cpuUsage()
      await read(of)
      const { user, system } = process.cpuUsage(before)
      least = Math.min(least, user + system)
    }
    return least
  }
  await read(size)
  return (await cost(GROWTH * size)) / (await cost(size))
}
