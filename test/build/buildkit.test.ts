import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { openBuildkit, type Buildkit } from '../../src/build/buildkit.ts'
import { connectGrpc } from '../../src/build/grpc/client.ts'
import { serveGrpc, serves, type Served } from '../../src/build/grpc/server.ts'
import { GrpcError } from '../../src/build/grpc/status.ts'
import { control } from '../../src/build/proto/control.ts'
import { health, secrets } from '../../src/build/proto/session.ts'
import { Engine } from '../../src/engine/engine.ts'
import { http1Transport } from '../../src/engine/http1.ts'
import { OverSocket } from '../over-socket.ts'
import { fakeEngine, type Reply, type Stub } from '../fake-engine.ts'

const builder = serves(control, {
  solve: ({ ref }) => ({ exporterResponse: { ref } }),
  status: async (call) => {
    await call.send(control.methods.status.response, { vertexes: [{ name: 'a step' }] })
  },
  listenBuildHistory: () => Promise.resolve(),
  listWorkers: () => ({ record: [{ id: 'w', labels: { a: 'b' } }] }),
})

/** Serves until the client is gone. */
const serving = (...served: Served[]): Stub => ({
  hijack: async ({ socket }) => void (await serveGrpc(socket, served).done),
})

async function open(engine: Engine): Promise<Buildkit> {
  const buildkit = await openBuildkit(engine)
  onTestFinished(() => buildkit.close())
  return buildkit
}

test("the builder answers over the engine's own connection", async () => {
  const fake = await fakeEngine({ 'POST /grpc': serving(builder) })
  const buildkit = await open(fake.engine())
  expect((await buildkit.control.listWorkers({})).record).toMatchObject([{ id: 'w', labels: { a: 'b' } }])
  expect((await buildkit.control.solve({ ref: 'r' })).exporterResponse).toMatchObject({ ref: 'r' })
  for await (const { vertexes } of buildkit.control.status({ ref: 'r' })) expect(vertexes[0]?.name).toBe('a step')
  const [request] = fake.requests
  expect(request).toMatchObject({ version: undefined, headers: { upgrade: 'h2c', connection: 'Upgrade' } })
})

test('a session serves the daemon, and says what it serves', async () => {
  let asked: unknown
  const fake = await fakeEngine({
    'POST /grpc': serving(builder),
    'POST /session': {
      hijack: async ({ socket }) => {
        const daemon = connectGrpc(socket)
        expect(await daemon.client(health).check({})).toEqual({ status: 1 })
        asked = Buffer.from((await daemon.client(secrets).getSecret({ id: 'x' })).data).toString()
        daemon.close()
      },
    },
  })
  const buildkit = await open(fake.engine())
  const secret = serves(secrets, { getSecret: ({ id }) => ({ data: Buffer.from(`of ${id}`) }) })
  const session = await buildkit.startSession([secret], { sharedKey: 'key' })
  await session.done
  expect(asked).toBe('of x')
  expect(session.id).toMatch(/^[0-9a-z]{25}$/)
  expect(fake.requests.at(-1)).toMatchObject({
    version: undefined,
    headers: {
      upgrade: 'h2c',
      'x-docker-expose-session-uuid': session.id,
      'x-docker-expose-session-sharedkey': 'key',
      'x-docker-expose-session-grpc-method':
        '/moby.buildkit.secrets.v1.Secrets/GetSecret, /grpc.health.v1.Health/Check',
    },
  })
})

test('a builder that speaks only once it is spoken to is heard', async () => {
  const answering: Stub = {
    hijack: async ({ socket }) => {
      const [first] = (await once(socket, 'data')) as [Buffer]
      socket.pause()
      socket.unshift(first)
      await serveGrpc(socket, [builder]).done
    },
  }
  const fake = await fakeEngine({ 'POST /grpc': answering })
  const buildkit = await open(fake.engine())
  expect((await buildkit.control.listWorkers({})).record).toHaveLength(1)
})

test('a build that failed for want of its session says so', async () => {
  let isLost = false
  const failing = serves(control, {
    solve: async () => {
      await expect.poll(() => isLost).toBe(true)
      throw new GrpcError('Unavailable', 'only one connection allowed')
    },
    status: async () => undefined,
    listWorkers: () => ({}),
    listenBuildHistory: async () => undefined,
  })
  const fake = await fakeEngine({
    'POST /grpc': serving(failing),
    'POST /session': { hijack: ({ socket }) => void socket.destroy() },
  })
  const buildkit = await open(fake.engine())
  const session = await buildkit.startSession([])
  void session.done.then(() => (isLost = session.isLost))
  await expect(buildkit.control.solve({})).rejects.toMatchObject({
    code: 'Unavailable',
    message: /^the session by which the daemon gets files, .* was lost: only one connection allowed$/,
  })
})

test('any stream will do, as an ssh connection is one', async () => {
  const fake = await fakeEngine({ 'POST /grpc': serving(builder) })
  const connect = (): Promise<Duplex> => Promise.resolve(new OverSocket(fake.socketPath))
  const engine = new Engine({ transport: http1Transport({ connect }), address: { host: 'ssh://somewhere' } })
  onTestFinished(() => engine.close())
  const buildkit = await open(engine)
  for (let i = 0; i < 3; i++) expect((await buildkit.control.listWorkers({})).record).toHaveLength(1)
})

test.each(['/grpc', '/session'])('an interrupt ends the wait for the connection of %s', async (silent) => {
  const abort = new AbortController()
  const stub =
    (path: string): Stub =>
    () => {
      if (path !== silent) return serving(builder) as Reply
      abort.abort(new Error('interrupted'))
      return new Promise<never>(() => undefined)
    }
  const fake = await fakeEngine({ 'POST /grpc': stub('/grpc') }, { optional: { 'POST /session': stub('/session') } })
  const opened = openBuildkit(fake.engine(), { signal: abort.signal }).then(async (buildkit) => {
    onTestFinished(() => buildkit.close())
    return buildkit.startSession([])
  })
  await expect(opened).rejects.toThrow('interrupted')
})

test('an interrupt leaves a builder that is open to say how the build ends', async () => {
  const abort = new AbortController()
  const fake = await fakeEngine({ 'POST /grpc': serving(builder) })
  const buildkit = await openBuildkit(fake.engine(), { signal: abort.signal })
  onTestFinished(() => buildkit.close())
  abort.abort()
  expect((await buildkit.control.listWorkers({})).record).toHaveLength(1)
})

test('an engine without a builder refuses in its words', async () => {
  const fake = await fakeEngine({ 'POST /grpc': { status: 404, error: 'page not found' } })
  await expect(openBuildkit(fake.engine())).rejects.toThrow('unable to upgrade to h2c, received 404')
})
