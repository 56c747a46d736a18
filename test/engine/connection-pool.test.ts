import { expect, test } from 'vitest'
import { ConnectionPool, type PooledConnection } from '../../src/engine/connection-pool.ts'
import { TransportError, type TransportRequest, type TransportResponse } from '../../src/engine/transport.ts'

const response = { status: 200 } as TransportResponse

/** A connection that answers with what `answers` has next, or breaks with it, and is free again when told. */
class FakeConnection implements PooledConnection {
  usable = true
  dead = false
  held = true
  readonly answers: (TransportResponse | TransportError)[] = []
  private readonly onFree: (connection: FakeConnection) => void

  constructor(onFree: (connection: FakeConnection) => void) {
    this.onFree = onFree
  }
  async request(): Promise<TransportResponse> {
    const answer = this.answers.shift() ?? response
    if (answer instanceof TransportError) throw answer
    return answer
  }
  free = (): void => this.onFree(this)
  destroy = (): void => void (this.dead = true)
  ref = (): void => void (this.held = true)
  unref = (): void => void (this.held = false)
}

function fakePool(first: TransportError[] = []) {
  const opened: FakeConnection[] = []
  const pool = new ConnectionPool<FakeConnection>(async (onFree) => {
    const connection = new FakeConnection(onFree)
    connection.answers.push(...first)
    opened.push(connection)
    return connection
  })
  return { pool, opened }
}

const get: TransportRequest = { method: 'GET', path: '/' }

test('keeps an idle connection for the next request, and lets the process end meanwhile', async () => {
  const { pool, opened } = fakePool()
  await pool.request(get)
  opened[0]?.free()
  expect(opened[0]?.held).toBe(false)
  await pool.request(get)
  expect(opened.map(({ held }) => held)).toEqual([true])
  await pool.request(get)
  expect(opened).toHaveLength(2)
})

test('passes over what has broken while idle', async () => {
  const { pool, opened } = fakePool()
  await pool.request(get)
  opened[0]?.free()
  opened[0]!.usable = false
  await pool.request(get)
  expect(opened).toHaveLength(2)
})

test('keeps six, and breaks what is one too many', async () => {
  const { pool, opened } = fakePool()
  await Promise.all(Array.from({ length: 7 }, () => pool.request(get)))
  for (const connection of opened) connection.free()
  expect(opened.map(({ dead }) => dead)).toEqual([false, false, false, false, false, false, true])
})

test.each([
  ['a GET that got no answer', get, 'transport/eof', 'repeated'],
  ['a HEAD that could not be written', { method: 'HEAD', path: '/' }, 'transport/broken', 'repeated'],
  ['an answer cut short', get, 'transport/unexpected-eof', 'transport/unexpected-eof'],
  ['a POST', { method: 'POST', path: '/' }, 'transport/eof', 'transport/eof'],
  ['a body', { ...get, body: 'x' }, 'transport/eof', 'transport/eof'],
  ['what was given up', { ...get, signal: AbortSignal.abort() }, 'transport/eof', 'transport/eof'],
] as const)('on a kept connection that was closed: %s', async (_, request, code, outcome) => {
  const { pool, opened } = fakePool()
  await pool.request(get)
  opened[0]?.answers.push(new TransportError(code, 'EOF'))
  opened[0]?.free()
  const told = await pool.request(request).then(
    () => 'repeated',
    (error: TransportError) => error.code,
  )
  expect([told, opened.length]).toEqual([outcome, outcome === 'repeated' ? 2 : 1])
})

test('a new connection that fails is not tried again', async () => {
  const { pool, opened } = fakePool([new TransportError('transport/eof', 'EOF')])
  await expect(pool.request(get)).rejects.toThrow('EOF')
  expect(opened).toHaveLength(1)
})

test('breaks all once closed, and opens no more', async () => {
  const { pool, opened } = fakePool()
  await pool.request(get)
  pool.close()
  expect(opened[0]?.dead).toBe(true)
  opened[0]?.free()
  await expect(pool.request(get)).rejects.toMatchObject({ code: 'transport/closed' })
  await expect(pool.open()).rejects.toMatchObject({ code: 'transport/closed' })
  expect(opened).toHaveLength(1)
})

test('looks for what has broken now and then, not among all of many for each that is opened', async () => {
  const { pool, opened } = fakePool()
  let asked = 0
  const ask = (connection: FakeConnection, dead: boolean): void => {
    const set = (now: boolean): void => {
      dead = now
    }
    Object.defineProperty(connection, 'dead', { get: () => (asked++, dead), set })
  }
  for (let i = 0; i < 1000; i++) ask((await pool.open()) as FakeConnection, false)
  expect(asked).toBeLessThan(3000)
  for (const connection of opened) connection.destroy()
  for (let i = 0; i < 2000; i++) ask((await pool.open()) as FakeConnection, true)
  expect(asked).toBeLessThan(12_000)
  pool.close()
})
