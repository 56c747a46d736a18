import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { HttpClient } from '../../src/registry/http.ts'
import { Session } from '../../src/registry/session.ts'
import { certificate } from '../connection/certificates.ts'

const { signal } = new AbortController()
const own = certificate({ name: 'registry', ips: ['127.0.0.1'] })

interface Site {
  https: URL
  http: URL
  /** Scheme, path and Authorization of each request. */
  got: [scheme: string, path: string, authorization: string | undefined][]
}

type Answer = (path: string, site: Site) => [status: number, headers?: Record<string, string>, body?: string]

/** A server that speaks HTTP and HTTPS on one port, so that only the scheme tells the two apart. */
async function serve(answer: Answer): Promise<Site> {
  const listener = (scheme: string) => (request: IncomingMessage, response: ServerResponse) => {
    const { url = '', headers } = request
    site.got.push([scheme, url, headers.authorization])
    const [status, fields = {}, body = ''] = answer(url, site)
    response.writeHead(status, fields).end(body)
  }
  const plain = createPlain(listener('http'))
  const secure = createSecure({ cert: own.cert, key: own.key }, listener('https'))
  const door = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null
      if (first === null) return
      socket.unshift(first)
      ;(first[0] === 0x16 ? secure : plain).emit('connection', socket)
    })
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void door.close())
  const host = `127.0.0.1:${(door.address() as AddressInfo).port}`
  const site: Site = { https: new URL(`https://${host}`), http: new URL(`http://${host}`), got: [] }
  return site
}

function client(): HttpClient {
  const http = new HttpClient({ env: {}, userAgent: 'test', now: () => new Date(), insecure: true })
  onTestFinished(() => http.close())
  return http
}

const auth = { username: 'u', password: 'p' }
const BASIC = { 'WWW-Authenticate': 'Basic realm="r"' }
const PASSWORD = 'Basic dTpw'

/** A registry that asks for a password and sends whoever asks for a blob elsewhere. */
function registry(target: (site: Site) => string): Promise<Site> {
  return serve((path, site) => {
    if (path === '/v2/') return [401, BASIC]
    return path === '/v2/blob' ? [307, { Location: target(site) }] : [200]
  })
}

async function fetchBlob(base: URL): Promise<number> {
  const session = await Session.open({ http: client(), base, auth, signal })
  return (await session.send('/v2/blob')).status
}

test('credentials do not follow a redirect from https to http', async () => {
  const site = await registry(({ http }) => `${http.origin}/x`)
  expect(await fetchBlob(site.https)).toBe(200)
  expect(site.got).toEqual([
    ['https', '/v2/', undefined],
    ['https', '/v2/blob', PASSWORD],
    ['http', '/x', undefined],
  ])
})

test('credentials do not follow a redirect to another port, nor come back by way of one', async () => {
  const other: Site = await serve(() => [302, { Location: `${site.https.origin}/back` }])
  const site = await registry(() => `${other.https.origin}/x`)
  expect(await fetchBlob(site.https)).toBe(200)
  expect(other.got).toEqual([['https', '/x', undefined]])
  expect(site.got.at(-1)).toEqual(['https', '/back', undefined])
})

test.each([
  ['in full', (site: Site) => `${site.https.origin}/x`],
  ['by its path', () => '/x'],
])('credentials follow a redirect within the server, named %s', async (_how, target) => {
  const site = await registry(target)
  expect(await fetchBlob(site.https)).toBe(200)
  expect(site.got.at(-1)).toEqual(['https', '/x', PASSWORD])
})

test.each([
  ['to itself without end', (site: Site) => `${site.https.origin}/v2/blob`, 'stopped after 10 redirects'],
  ['to no URL', () => 'http://[', 'failed to parse Location header "http://["'],
  ['to a file', () => 'file:///etc/passwd', 'unsupported protocol scheme "file"'],
])('a redirect %s is an error in words', async (_where, target, words) => {
  const site = await registry(target)
  const failed = fetchBlob(site.https)
  await expect(failed).rejects.toThrow(words)
  await expect(failed).rejects.toMatchObject({ code: 'failure' })
  expect(site.got.length).toBeLessThanOrEqual(12)
})

test('an error does not show the password of a URL', async () => {
  const site = await registry(({ http }) => `http://name:secret@${http.host}/v2/blob`)
  const error = await fetchBlob(site.https).catch((reason: unknown) => reason)
  expect(String(error)).toContain('stopped after 10 redirects')
  expect(String(error)).not.toContain('secret')
})

/** A registry whose tokens come from `realm`. */
function withTokens(realm: (site: Site) => string): Promise<Site> {
  return serve((path, site) => {
    if (path.startsWith('/token')) return [200, {}, '{"token":"T"}']
    return [path === '/v2/' ? 401 : 200, { 'WWW-Authenticate': `Bearer realm="${realm(site)}"` }]
  })
}

test.each([
  ['password', auth],
  ['identity token', { identitytoken: 'R' }],
])('a token realm on plain http, named over https, gets no %s', async (_secret, given) => {
  const site = await withTokens(({ http }) => `${http.origin}/token`)
  const session = await Session.open({ http: client(), base: site.https, auth: given, signal })
  const words = `${site.https.host} wants its credentials sent to ${site.http.origin}, which is not encrypted: not sent`
  await expect(session.send('/v2/x')).rejects.toThrow(words)
  expect(site.got).toEqual([['https', '/v2/', undefined]])
})

test('a token realm on plain http serves those who send no credentials, and plain registries', async () => {
  const site = await withTokens(({ http }) => `${http.origin}/token`)
  const anonymous = await Session.open({ http: client(), base: site.https, auth: {}, signal })
  expect((await anonymous.send('/v2/x')).status).toBe(200)
  const plain = await Session.open({ http: client(), base: site.http, auth, signal })
  expect((await plain.send('/v2/x')).status).toBe(200)
  expect(site.got).toContainEqual(['http', '/token?account=u', PASSWORD])
})

test('a challenge that came over plain http gets no credentials, whatever realm it names', async () => {
  const site: Site = await serve((path) => {
    if (path === '/v2/') return [302, { Location: `${site.http.origin}/challenge` }]
    return [401, { 'WWW-Authenticate': `Bearer realm="${site.https.origin}/token"` }]
  })
  const session = await Session.open({ http: client(), base: site.https, auth, signal })
  await expect(session.send('/v2/x')).rejects.toThrow(/leaves the question for credentials to http:.* not encrypted/)
  expect(site.got.map(([, path]) => path)).toEqual(['/v2/', '/challenge'])
})

test('a token realm that is no web address is an error in words', async () => {
  for (const realm of ['nonsense', 'file:///etc/passwd']) {
    const site = await withTokens(() => realm)
    const session = await Session.open({ http: client(), base: site.https, auth, signal })
    await expect(session.send('/v2/x')).rejects.toThrow(`invalid token auth challenge realm: "${realm}"`)
  }
})
