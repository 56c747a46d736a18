import { expect, onTestFinished, test } from 'vitest'
import { parseChallenges } from '../../src/registry/challenge.ts'
import { registryCode } from '../../src/registry/errors.ts'
import { HttpClient } from '../../src/registry/http.ts'
import { Session } from '../../src/registry/session.ts'
import { json, server } from './server.ts'

const { signal } = new AbortController()

function client(): HttpClient {
  const http = new HttpClient({ env: {}, userAgent: 'test', now: () => new Date() })
  onTestFinished(() => http.close())
  return http
}

test('reads challenges, several in one header', () => {
  expect(
    parseChallenges('Bearer realm="https://a/token",service="s, x",scope=plain, Basic realm="say \\"hi\\""'),
  ).toEqual([
    { scheme: 'bearer', parameters: { realm: 'https://a/token', service: 's, x', scope: 'plain' } },
    { scheme: 'basic', parameters: { realm: 'say "hi"' } },
  ])
  expect(parseChallenges('')).toEqual([])
})

test('a registry without authentication gets none', async () => {
  const { base, got } = await server((_, response) => json(response, 200, {}))
  const session = await Session.open({ http: client(), base, auth: { username: 'u', password: 'p' }, signal })
  await session.send('/v2/x/manifests/y', { headers: { Accept: 'a/b' } })
  expect(got.map(({ url, headers }) => [url, headers.authorization, headers['user-agent'], headers.accept])).toEqual([
    ['/v2/', undefined, 'test', undefined],
    ['/v2/x/manifests/y', undefined, 'test', 'a/b'],
  ])
})

test('sends user and password where they are asked for', async () => {
  const { base, got } = await server((_, response) => {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="r"' }).end()
  })
  const session = await Session.open({ http: client(), base, auth: { username: 'u', password: 'p' }, signal })
  await session.send('/v2/')
  expect(got[1]?.headers.authorization).toBe('Basic dTpw')
  const anonymous = await Session.open({ http: client(), base, auth: {}, signal })
  await expect(anonymous.send('/v2/')).rejects.toThrow('no basic auth credentials')
})

test('fetches a token once, and another for a second repository', async () => {
  const { base, got } = await server(({ url }, response, own) => {
    if (url.startsWith('/token')) return json(response, 200, { token: `T${url.includes('other') ? 2 : 1}` })
    const header = `Bearer realm="${own.origin}/token?a=b",service="reg"`
    response.writeHead(url === '/v2/' ? 401 : 200, { 'WWW-Authenticate': header }).end()
  })
  const scope = 'repository:x:pull,push'
  const session = await Session.open({ http: client(), base, auth: { username: 'u', password: 'p' }, scope, signal })
  await session.send('/v2/x/a')
  await session.send('/v2/x/b')
  await session.send('/v2/x/blobs/uploads/?from=other&mount=d', { method: 'POST' })
  expect(got.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/v2/', undefined],
    ['/token?a=b&service=reg&scope=repository%3Ax%3Apull%2Cpush&account=u', 'Basic dTpw'],
    ['/v2/x/a', 'Bearer T1'],
    ['/v2/x/b', 'Bearer T1'],
    [
      '/token?a=b&service=reg&scope=repository%3Ax%3Apull%2Cpush&scope=repository%3Aother%3Apull&account=u',
      'Basic dTpw',
    ],
    ['/v2/x/blobs/uploads/?from=other&mount=d', 'Bearer T2'],
  ])
})

test('exchanges an identity token', async () => {
  const { base, got } = await server(({ url }, response, own) => {
    if (url === '/token') return json(response, 200, { access_token: 'A', refresh_token: 'R2' })
    response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="${own.origin}/token",service="reg"` }).end()
  })
  const session = await Session.open({
    http: client(),
    base,
    auth: { identitytoken: 'R1' },
    clientId: 'docker',
    signal,
  })
  await session.send('/v2/')
  expect(got[1]?.body).toBe('client_id=docker&grant_type=refresh_token&refresh_token=R1&scope=&service=reg')
  expect(got[2]?.headers.authorization).toBe('Bearer A')
  expect(session.identityToken).toBe('R2')
})

test.each([
  [401, { errors: [{ code: 'UNAUTHORIZED', message: 'who?', detail: null }] }, 'UNAUTHORIZED', 'unauthorized: who?'],
  [401, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }, 'UNAUTHORIZED', 'unauthorized'],
  [403, { details: 'incorrect' }, 'DENIED', 'denied: incorrect'],
  [404, { errors: [{ code: 'OWN', message: 'm' }, { code: 'DENIED' }] }, 'UNKNOWN', 'errors:\nunknown: m\ndenied\n'],
  [401, {}, 'UNAUTHORIZED', 'unauthorized: authentication required'],
  [
    400,
    {},
    'UNEXPECTED_BODY',
    'error parsing HTTP 400 response body: no error details found in HTTP response body: "{}"',
  ],
  [503, {}, 'UNEXPECTED_STATUS', 'received unexpected HTTP status: 503 Service Unavailable'],
])('a token service that answers %i %j', async (status, body, code, message) => {
  const { base } = await server(({ url }, response, own) => {
    if (url !== '/v2/') return json(response, status, body)
    response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="${own.origin}/token"` }).end()
  })
  const session = await Session.open({ http: client(), base, auth: {}, signal })
  const error = await session.send('/v2/').catch((thrown: unknown) => thrown)
  expect(registryCode(error)).toBe(code)
  expect((error as Error).message).toBe(message)
})

test('follows redirections of reads, without credentials on another host', async () => {
  const far = await server((_, response) => response.end('far'))
  const near = await server((_, response) => {
    response.writeHead(307, { Location: `${far.base.origin.replace('127.0.0.1', 'localhost')}/blob` }).end()
  })
  const answer = await client().send({ url: new URL('/x', near.base), headers: { Authorization: 'secret' }, signal })
  expect(answer.body.toString()).toBe('far')
  expect(far.got[0]?.headers.authorization).toBeUndefined()
  const put = await client().send({ method: 'PUT', url: new URL('/x', near.base), signal })
  expect(put.status).toBe(307)
})

test('says what went wrong below HTTP', async () => {
  const { base } = await server((_, response) => response.end())
  const port = base.port
  await expect(client().send({ url: new URL(`https://127.0.0.1:${port}/v2/`), signal })).rejects.toThrow(
    `Get "https://127.0.0.1:${port}/v2/": http: server gave HTTP response to HTTPS client`,
  )
  await expect(client().send({ method: 'PUT', url: new URL('http://127.0.0.1:1/x'), signal })).rejects.toThrow(
    'Put "http://127.0.0.1:1/x": dial tcp 127.0.0.1:1: connect: connection refused',
  )
})
