import { describe, expect, test } from 'vitest'
import { parseHostUrl } from '../../src/connection/host.ts'
import { Engine } from '../../src/engine/engine.ts'
import { encodeAuth } from '../../src/engine/images.ts'
import { TransportError, type Transport } from '../../src/engine/transport.ts'
import { fakeEngine, frame, type Stub } from '../fake-engine.ts'

const LIST: Record<string, Stub> = { 'GET /containers/json': { json: [] } }

/** An engine whose transport fails in one way. */
function failing(error: unknown, host = 'unix:///run/d.sock'): Engine {
  const fail = () => Promise.reject(error)
  const transport: Transport = { request: fail, hijack: fail, close: () => undefined }
  const { protocol, address: authority } = parseHostUrl(host)
  return new Engine({ transport, address: { host, protocol, authority, source: 'DOCKER_HOST' } })
}

function dial(code: string, more: object = {}): TransportError {
  return new TransportError('transport/dial', code, Object.assign(new Error(code), { code, ...more }))
}

describe('version negotiation', () => {
  test.each([
    ['an older daemon', '1.45', undefined, '1.45'],
    ['a newer daemon', '1.99', undefined, '1.55'],
    ['a daemon that does not say', '', undefined, '1.55'],
    ['a daemon too old to talk to', '1.39', undefined, '1.55'],
    ['a pinned older version', '1.50', '1.41', '1.41'],
    ['a pinned version the daemon does not reach', '1.50', '1.99', '1.50'],
  ])('with %s', async (_case, apiVersion, version, expected) => {
    const fake = await fakeEngine(LIST, { apiVersion })
    const engine = fake.engine(version === undefined ? {} : { version })
    await engine.containers.list()
    await engine.containers.list()
    expect(fake.requests.map((request) => request.version)).toEqual([expected, expected])
    expect(fake.pings.map(({ method }) => method)).toEqual(['HEAD'])
  })

  test('asks by GET where HEAD is refused', async () => {
    const fake = await fakeEngine({ ...LIST, 'HEAD /_ping': { status: 404 } }, { apiVersion: '1.44' })
    await fake.engine().containers.list()
    expect(fake.pings.map(({ method }) => method)).toEqual(['HEAD', 'GET'])
    expect(fake.requests[0]?.version).toBe('1.44')
  })

  test('goes on with our newest version when the ping fails', async () => {
    const ping = { status: 500, text: 'unwell', headers: { 'Api-Version': '' } }
    const fake = await fakeEngine({ ...LIST, 'HEAD /_ping': ping, 'GET /_ping': ping })
    const engine = fake.engine()
    await engine.containers.list()
    expect(fake.requests[0]?.version).toBe('1.55')
    await expect(engine.ping()).rejects.toThrow('Error response from daemon: unwell')
  })

  test('refuses a feature by name and version', async () => {
    const fake = await fakeEngine({}, { apiVersion: '1.45' })
    const platform = { os: 'linux', architecture: 'arm64' }
    await expect(fake.engine().images.push('docker.io/library/x', { platform })).rejects.toThrow(
      '"platform" requires API version 1.46, but the Docker daemon API version is 1.45',
    )
  })

  test('that fails is told beside the refusal of a daemon too old', async () => {
    const error = 'client version 1.55 is too new. Maximum supported API version is 1.39'
    const fake = await fakeEngine({ 'GET /info': { status: 400, error } }, { apiVersion: '1.39' })
    await expect(fake.engine().system.info()).rejects.toMatchObject({
      message: `Error response from daemon: ${error}`,
      hint: 'API version 1.39 is not supported by this client: the minimum supported API version is 1.40',
    })
  })

  test('reads what the ping says', async () => {
    const fake = await fakeEngine({}, { swarm: 'active/manager', experimental: true, osType: 'windows' })
    expect(await fake.engine().ping()).toEqual({
      apiVersion: '1.55',
      osType: 'windows',
      experimental: true,
      builderVersion: '2',
      swarm: { nodeState: 'active', controlAvailable: true },
    })
  })
})

describe('requests', () => {
  test('carry parameters as Go encodes them', async () => {
    const fake = await fakeEngine(LIST)
    await fake.engine().containers.list({ all: true, limit: 0, filters: { name: ['b', 'a&<', 'b'], label: ['x=1 é'] } })
    expect(fake.requests[0]?.query).toEqual({
      all: '1',
      filters: '{"label":{"x=1 é":true},"name":{"a\\u0026\\u003c":true,"b":true}}',
    })
  })

  test.each([
    ['web', '/v1.55/containers/web/pause'],
    ['a b/c', '/v1.55/containers/a%20b/c/pause'],
    ["a!'()*;,+é?#%", '/v1.55/containers/a%21%27%28%29%2A;,+%C3%A9%3F%23%25/pause'],
    ['../images', '/v1.55/images/pause'],
  ])('escape the path of %s', async (id, path) => {
    const seen: string[] = []
    const body = { pump: () => Promise.resolve() }
    const transport = {
      request: (request: { path: string }) => {
        seen.push(request.path)
        return Promise.resolve({ status: 200, headers: {}, body })
      },
    } as unknown as Transport
    await new Engine({ transport }).containers.pause(id)
    expect(seen).toEqual(['/_ping', path])
  })

  test('refuse an empty name, which would mean another endpoint', async () => {
    const fake = await fakeEngine()
    await expect(fake.engine().containers.pause(' ')).rejects.toThrow('invalid container name or ID: value is empty')
  })

  test("carry the user's headers, but not in place of ours", async () => {
    const fake = await fakeEngine({ 'POST /containers/create': { status: 201, json: { Id: 'x' } } })
    const headers = { 'X-Mine': '1', 'content-type': 'text/x', 'User-Agent': 'me' }
    await fake.engine({ headers, userAgent: 'Docket' }).containers.create({ Image: 'busybox', Env: ['A=<b>'] })
    expect(fake.requests[0]?.headers).toMatchObject({
      'x-mine': '1',
      'content-type': 'application/json',
      'user-agent': 'Docket',
    })
    expect(fake.requests[0]?.body.toString()).toBe('{"Image":"busybox","Env":["A=\\u003cb\\u003e"]}')
    expect(fake.pings[0]?.headers).toMatchObject({ 'x-mine': '1', 'user-agent': 'Docket' })
  })

  test('carry credentials, and ask for others once when they are refused', async () => {
    const fake = await fakeEngine({
      'POST /images/create': [{ status: 401, error: 'who are you' }, { lines: [{ status: 'done' }] }],
    })
    const registryAuth = encodeAuth({ username: 'a', password: '??>>' })
    const askAuth = () => Promise.resolve(encodeAuth({ username: 'b' }))
    const response = await fake.engine().images.pull('docker.io/library/x', { tag: 'latest', registryAuth, askAuth })
    expect(await response.body.text()).toBe('{"status":"done"}\r\n')
    const sent = fake.requests.map(({ headers }) =>
      Buffer.from(headers['x-registry-auth'] ?? '', 'base64url').toString(),
    )
    expect(sent).toEqual(['{"username":"a","password":"??\\u003e\\u003e"}', '{"username":"b"}'])
  })

  test('hijack, half-close and take frames', async () => {
    const fake = await fakeEngine({
      'POST /containers/web/attach': {
        async hijack(stream) {
          stream.stdout(`got ${(await stream.stdin()).toString()}`)
          stream.stderr('bye')
        },
      },
    })
    const { socket } = await fake.engine().containers.attach('web', { stream: true, stdin: true, stdout: true })
    socket.end('hello')
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks)).toEqual(Buffer.concat([frame(1, 'got hello'), frame(2, 'bye')]))
    expect(fake.requests[0]).toMatchObject({ query: { stream: '1', stdin: '1', stdout: '1' } })
    expect(fake.requests[0]?.headers).toMatchObject({ upgrade: 'tcp', connection: 'Upgrade' })
  })

  test('hijacks whatever headers of the user say', async () => {
    const fake = await fakeEngine({ 'POST /containers/web/attach': { hijack: () => undefined } })
    const engine = fake.engine({ headers: { connection: 'close', UPGRADE: 'h2c' } })
    const { socket } = await engine.containers.attach('web', { stream: true })
    socket.destroy()
    expect(fake.requests[0]?.headers).toMatchObject({ upgrade: 'tcp', connection: 'Upgrade' })
  })

  test('wait tells when the daemon has taken it, and when the container has ended', async () => {
    let exit: () => void = () => undefined
    const fake = await fakeEngine({
      'POST /containers/web/wait': {
        handle: (response) => {
          response.writeHead(200, { 'Content-Type': 'application/json' })
          response.flushHeaders()
          exit = () => void response.end('{"StatusCode":7}')
        },
      },
    })
    const { exited } = await fake.engine().containers.wait('web', { condition: 'next-exit' })
    exit()
    expect(await exited).toEqual({ StatusCode: 7 })
  })
})

describe("the daemon's refusals", () => {
  test.each([
    [
      'its message',
      { status: 404, error: 'No such container: x ' },
      'Error response from daemon: No such container: x',
    ],
    ['plain text', { status: 500, text: 'broken\n' }, 'Error response from daemon: broken'],
    [
      'JSON without a message',
      { status: 403, json: {} },
      'Error response from daemon: API returned a 403 (Forbidden) but provided no error-message',
    ],
  ])('carry %s', async (_case, reply, message) => {
    const fake = await fakeEngine({ 'POST /containers/x/kill': reply })
    const error = await fake
      .engine()
      .containers.kill('x')
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'EngineError', status: reply.status, message })
  })

  test('name the request when there is nothing to quote', async () => {
    const fake = await fakeEngine({ 'GET /info': { status: 502 } })
    const socket = encodeURIComponent(fake.socketPath)
    await expect(fake.engine().system.info()).rejects.toThrow(
      `request returned 502 Bad Gateway for API route and version http://${socket}/v1.55/info, check if the server supports the requested API version`,
    )
  })

  test('of an upgrade keep the reference client words, and hint at the reason', async () => {
    const fake = await fakeEngine({ 'POST /containers/x/attach': { status: 409, error: 'container is paused' } })
    const error = await fake
      .engine()
      .containers.attach('x', { stream: true })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      status: 409,
      code: 'engine/conflict',
      message: 'unable to upgrade to tcp, received 409',
      daemonMessage: 'container is paused',
      hint: 'container is paused',
    })
  })

  test("are Podman's own for what it does not route", async () => {
    const lost: Stub = { status: 404, text: 'Not Found\n', headers: { 'Content-Type': 'text/plain' } }
    const podman = await fakeEngine({ 'GET /nodes': lost }, { podman: true, apiVersion: '1.41' })
    await expect(podman.engine().nodes.list()).rejects.toThrow(
      'Error response from daemon: Podman does not support service: /v1.41/nodes',
    )
    const docker = await fakeEngine({ 'GET /nodes': lost })
    await expect(docker.engine().nodes.list()).rejects.toThrow('Error response from daemon: Not Found')
  })

  test('redirects are errors, wherever they go', async () => {
    const fake = await fakeEngine({
      'POST /containers/x/kill': { status: 301, headers: { Location: '/v1.55/x' } },
      'GET /containers/x/export': { status: 302, headers: { Location: '/v1.55/y' } },
      'POST /containers/x/pause': { status: 307 },
    })
    const { containers } = fake.engine()
    const redirected = (request: string) => `error during connect: ${request}: unexpected redirect in response`
    await expect(containers.kill('x')).rejects.toThrow(redirected('Post "/v1.55/x"'))
    await expect(containers.export('x')).rejects.toThrow(redirected('Get "/v1.55/y"'))
    await expect(containers.pause('x')).rejects.toThrow(redirected('Post "/v1.55/containers/x/pause"'))
  })

  test('304 is no redirect: the container is started already', async () => {
    const fake = await fakeEngine({ 'POST /containers/x/start': { status: 304 } })
    await fake.engine().containers.start('x')
  })
})

describe('connections that fail', () => {
  test.each([
    [
      dial('ENOENT'),
      'connection/no-socket',
      'failed to connect to the docker API at unix:///run/d.sock; check if the path is correct and if the daemon is running: dial unix /run/d.sock: connect: no such file or directory',
    ],
    [
      dial('EACCES'),
      'connection/permission',
      'permission denied while trying to connect to the docker API at unix:///run/d.sock',
    ],
    [
      dial('ECONNREFUSED'),
      'connection/refused',
      'Cannot connect to the Docker daemon at unix:///run/d.sock. Is the docker daemon running?',
    ],
    [
      dial('ETIMEDOUT'),
      'connection/timeout',
      'Cannot connect to the Docker daemon at unix:///run/d.sock. Is the docker daemon running?',
    ],
    [
      new TransportError('transport/eof', 'EOF'),
      'connection/closed',
      'error during connect: Get "http://%2Frun%2Fd.sock/v1.55/info": EOF',
    ],
  ])('%s', async (failure, code, message) => {
    const error = await failing(failure)
      .system.info()
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'ConnectionError', code, message })
    expect((error as { hint: string }).hint).toContain('The endpoint is unix:///run/d.sock (from DOCKER_HOST).')
  })

  test('by name say which name server', async () => {
    const failure = dial('ENOTFOUND', { hostname: 'far', server: '10.0.0.1:53' })
    await expect(failing(failure, 'tcp://far:2375').system.info()).rejects.toMatchObject({
      code: 'connection/name-not-found',
      message: 'failed to connect to the docker API at tcp://far:2375: lookup far on 10.0.0.1:53: no such host',
    })
  })

  test('that speak something else hint at TLS', async () => {
    const failure = new TransportError('transport/malformed', 'net/http: malformed HTTP response "\\x15"')
    await expect(failing(failure, 'tcp://far:2375').system.info()).rejects.toThrow(
      'Get "http://far:2375/v1.55/info": net/http: malformed HTTP response "\\x15".\n* Are you trying to connect to a TLS-enabled daemon without TLS?',
    )
  })

  test('are tried once only', async () => {
    let tries = 0
    const request = () => {
      tries++
      return Promise.reject(dial('ENOENT'))
    }
    const transport = { request } as unknown as Transport
    await expect(new Engine({ transport, address: { host: 'unix:///x' } }).system.info()).rejects.toThrow()
    expect(tries).toBe(1)
  })

  test('by a signal give its reason', async () => {
    const fake = await fakeEngine({ 'GET /info': { handle: () => undefined } })
    const abort = new AbortController()
    const info = fake.engine().system.info({ signal: abort.signal })
    await expect.poll(() => fake.requests.length).toBe(1)
    abort.abort(new Error('enough'))
    await expect(info).rejects.toThrow('enough')
  })
})
