import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { open } from '../../src/connection/connect-unix.ts'
import { http1Transport } from '../../src/engine/http1.ts'
import { ResponseParser } from '../../src/engine/http1-parser.ts'
import type { RequestTransport } from '../../src/engine/transport.ts'
import { undiciClient } from '../../src/engine/undici.ts'
import { rawServer } from './raw-server.ts'

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_101)
const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 100)

/** Repeatable randomness (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

type Roll = (below: number) => number
const NOISE = Buffer.from(
  Array.from(
    { length: 71_000 },
    (
      (roll) => () =>
        roll(256)
    )(random(SEED)),
  ),
)
const pick = <T>(roll: Roll, list: readonly T[]): T => list[roll(list.length)] as T

/** A response of random shape, now and then spoiled, and whether the server closes after it. */
function makeResponse(roll: Roll): Buffer {
  const informational =
    roll(5) === 0 ? pick(roll, ['HTTP/1.1 102 Processing\r\n\r\n', 'HTTP/1.1 103 Hint\r\nA: b\r\n\r\n']) : ''
  const status = pick(roll, [
    '200 OK',
    '200 OK',
    '200 OK',
    '200',
    '201 Created',
    '204 No Content',
    '404 Not Found',
    '500 É',
  ])
  const start = roll(1000)
  const body = NOISE.subarray(start, start + pick(roll, [0, 1, 5, 300, 70_000]))
  const headers = [
    'Content-Type: application/json',
    'X-Odd:',
    'x-odd:  spaced  out ',
    'X-Long: ' + 'v'.repeat(pick(roll, [1, 5000])),
  ].filter(() => roll(2) === 0)
  const framing = status.startsWith('204') ? 'none' : pick(roll, ['length', 'length', 'chunked', 'chunked', 'close'])
  if (framing === 'length') headers.push(`${pick(roll, ['Content-Length', 'content-length'])}: ${body.length}`)
  if (framing === 'chunked') headers.push(`Transfer-Encoding: ${pick(roll, ['chunked', 'Chunked'])}`)
  if (framing === 'close' || roll(4) === 0) headers.push('Connection: close')
  const head = Buffer.from(
    `${informational}HTTP/1.1 ${status}\r\n${headers.join('\r\n')}${headers.length > 0 ? '\r\n' : ''}\r\n`,
    'latin1',
  )
  const payload = framing === 'none' ? Buffer.alloc(0) : framing === 'chunked' ? chunked(roll, body) : body
  return spoil(roll, Buffer.concat([head, payload]), head.length)
}

function chunked(roll: Roll, body: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length;) {
    const size = Math.min(body.length - at, 1 + roll(pick(roll, [1, 10, 40_000])))
    const hex = roll(2) === 0 ? size.toString(16) : size.toString(16).toUpperCase().padStart(5, '0')
    parts.push(
      Buffer.from(`${hex}${roll(9) === 0 ? ';ext=1' : ''}\r\n`),
      body.subarray(at, at + size),
      Buffer.from('\r\n'),
    )
    at += size
    if (parts.length > 3000) return chunked(() => 39_999, body)
  }
  parts.push(Buffer.from(roll(4) === 0 ? '0\r\nX-Trailer: yes\r\n\r\n' : '0\r\n\r\n'))
  return Buffer.concat(parts)
}

function spoil(roll: Roll, bytes: Buffer, headLength: number): Buffer {
  switch (roll(12)) {
    case 0: // Cut short anywhere.
      return bytes.subarray(0, roll(bytes.length))
    case 1: // A head that never ends.
      return Buffer.concat([bytes.subarray(0, headLength - 2), Buffer.from(`X-Big: ${'b'.repeat(200_000)}\r\n\r\n`)])
    case 2: // Not HTTP.
      return Buffer.concat([
        Buffer.from(pick(roll, ['\x16\x03\x01', 'SSH-2.0-x\r\n', 'ICY 200 OK\r\n', 'HTTP 200\r\n\r\n'])),
        bytes,
      ])
    case 3: {
      // One odd header line.
      const line = pick(roll, [
        'no colon here',
        ': no name',
        'Bad Name: x',
        'Nul: a\0b',
        'Content-Length: -1',
        'Content-Length: 1x',
        'Content-Length: 3',
        'Content-Length: 99999999999999999999',
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: gzip',
        'Transfer-Encoding: gzip, chunked',
        ' folded',
        'Name : x',
        'Bare: a\nOther: b',
        'Cr: a\rb',
        'High: \xff\x80',
        'Tab:\tx\t',
        'Del: \x7f',
        'Upgrade: tcp\r\nConnection: Upgrade',
        'Connection: keep-alive',
      ])
      return Buffer.concat([
        bytes.subarray(0, headLength - 2),
        Buffer.from(`${line}\r\n\r\n`),
        bytes.subarray(headLength),
      ])
    }
    default:
      return bytes
  }
}

interface Outcome {
  status?: number
  headers?: Record<string, string>
  body?: string
  failed: boolean
  why?: string
}

/** A server that answers each path with the pieces set for it, and closes the connection after them. */
async function answers(): Promise<{ port: number; pieces: Map<string, Buffer[]> }> {
  const pieces = new Map<string, Buffer[]>()
  const { port } = await rawServer(async ({ socket, path }) => {
    socket.setNoDelay(true)
    for (const piece of pieces.get(path) ?? []) {
      socket.write(piece)
      await sleep(0)
    }
    socket.end()
  })
  return { port, pieces }
}

/** What a transport makes of a request. */
async function outcome(transport: RequestTransport, path: string): Promise<Outcome> {
  const seen: Uint8Array[] = []
  const result: Outcome = { failed: false }
  try {
    const { status, headers, body } = await transport.request({ method: 'GET', path })
    result.status = status
    result.headers = { ...headers }
    await body.pump((chunk) => void seen.push(Uint8Array.from(chunk)))
  } catch (error) {
    result.failed = true
    result.why = String(error)
  }
  if (result.status !== undefined) result.body = Buffer.concat(seen).toString('base64')
  transport.close()
  return result
}

const ours = (port: number) =>
  http1Transport({ connect: (signal, onread) => open({ port, host: '127.0.0.1' }, signal, onread, 5000) })
const theirs = (port: number) =>
  undiciClient({ host: `127.0.0.1:${port}`, connect: () => Promise.resolve(connect(port, '127.0.0.1')) })

describe('the same bytes', () => {
  test(`mean the same to undici and to us (seed ${SEED}, ${ROUNDS} rounds)`, async () => {
    const roll = random(SEED)
    const { port, pieces } = await answers()
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = makeResponse(roll)
      const cuts = Array.from({ length: roll(4) }, () => roll(bytes.length + 1)).toSorted((a, b) => a - b)
      const path = `/${round}`
      pieces.set(path, slices(bytes, cuts))
      const [our, their] = await Promise.all([outcome(ours(port), path), outcome(theirs(port), path)])
      pieces.delete(path)
      const what = `round ${round}: ${JSON.stringify(bytes.toString('latin1', 0, 300).replaceAll(/v{9,}/g, 'v...'))} cut at ${cuts.join(' ')}`
      if (knownDifference(our)) continue
      expect(our.failed, `${what}: ${our.why}, undici ${their.why}`).toBe(their.failed)
      // Of a response that fails, how much is seen before depends on when the bytes arrive.
      if (!our.failed) expect(our, what).toEqual(their)
    }
  }, 120_000)
})

describe('ResponseParser', () => {
  test('gives the same for every way to cut the input', () => {
    const roll = random(SEED + 1)
    for (let round = 0; round < ROUNDS * 3; round++) {
      const bytes = makeResponse(roll)
      const whole = parse(bytes, [])
      const cuts = Array.from({ length: roll(40) }, () => roll(bytes.length + 1)).toSorted((a, b) => a - b)
      expect(parse(bytes, cuts), `round ${round}`).toEqual(whole)
    }
  })

  test('survives any bytes', () => {
    const roll = random(SEED + 2)
    for (let round = 0; round < ROUNDS * 3; round++) {
      const bytes = Buffer.from(makeResponse(roll))
      for (let flips = 1 + roll(4); flips > 0 && bytes.length > 0; flips--)
        bytes[roll(Math.min(bytes.length, 400))] = roll(256)
      const result = parse(bytes, [roll(bytes.length + 1)])
      expect(result.code === undefined || result.code.startsWith('transport/'), result.code).toBe(true)
    }
  })
})

// Where Go and undici differ, and we hold to Go: of transfer encodings it takes one `chunked` and nothing else, and a
// 204 has no body whatever its Content-Length says.
function knownDifference({ why, status, headers }: Outcome): boolean {
  if (why?.includes('unsupported transfer encoding') === true) return true
  return status === 204 && headers?.['content-length'] !== undefined
}

/** Copies of the parts between the cuts. */
function slices(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  return [...cuts, bytes.length].map((cut, i) => Buffer.from(bytes.subarray(cuts[i - 1] ?? 0, cut)))
}

function parse(
  input: Buffer,
  cuts: readonly number[],
): { code?: string | undefined; status?: number; body: string; rest: string } {
  const parser = new ResponseParser('GET')
  const body: Uint8Array[] = []
  const rest: Uint8Array[] = []
  let status: number | undefined
  let complete = false
  const done = (code?: string) => ({
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    body: Buffer.concat(body).toString('base64'),
    rest: Buffer.concat(rest).toString('base64'),
  })
  try {
    for (const piece of slices(input, cuts)) {
      if (complete) {
        rest.push(piece)
        continue
      }
      const parsed = parser.push(piece)
      status ??= parsed.head?.status
      body.push(Uint8Array.from(parsed.payload))
      rest.push(Uint8Array.from(parsed.rest))
      complete = parsed.complete
    }
    parser.end()
  } catch (error) {
    // How much of a spoiled response is handed over before depends on the cuts.
    body.length = 0
    status = undefined
    return done((error as { code: string }).code)
  }
  return done()
}
