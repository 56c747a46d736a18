import { createPublicKey, verify } from 'node:crypto'
import fs from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { auth } from '../../src/build/proto/session.ts'
import { serveAuth, type AuthOptions } from '../../src/build/session/auth.ts'
import { HttpClient } from '../../src/registry/http.ts'
import type { AuthConfig } from '../../src/config/data.ts'
import { daemonOf } from './daemon.ts'

const known: Record<string, AuthConfig> = {
  'docker.io': { username: 'ali', password: 'open sesame' },
  'token.example': { identitytoken: 'identity' },
  'bearer.example': { registrytoken: 'ready' },
}

async function setup(more: Partial<AuthOptions> = {}) {
  const configDir = fs.mkdtempSync(path.join(tmpdir(), 'auth-'))
  onTestFinished(() => fs.rmSync(configDir, { recursive: true }))
  const asked: string[] = []
  const shared: string[] = []
  const served = serveAuth({
    credentials: async (domain) => {
      asked.push(domain)
      return known[domain] ?? {}
    },
    http: async () => new HttpClient({ env: {}, now: () => new Date(), userAgent: 'test' }),
    configDir,
    env: {},
    now: () => new Date(0),
    signal: new AbortController().signal,
    onShare: (what) => shared.push(what),
    ...more,
  })
  return { client: (await daemonOf(served)).client(auth), asked, shared, configDir }
}

interface Asked {
  method: string
  url: string
  authorization: string | undefined
  body: string
}

/** A server of tokens, whose answers are tried in turn. */
async function tokenServer(
  ...answers: { status?: number; json: unknown }[]
): Promise<{ realm: string; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer((request: IncomingMessage, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request
      asked.push({ method, url, authorization: headers.authorization, body: await text(request) })
      const { status = 200, json } = answers[asked.length - 1] ?? { status: 500, json: {} }
      response.writeHead(status).end(JSON.stringify(json))
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { realm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, asked }
}

test('credentials are asked for once, and only those of the registry in question', async () => {
  const { client, asked, shared } = await setup()
  const host = 'registry-1.docker.io'
  for (let i = 0; i < 2; i++) {
    expect(await client.credentials({ host })).toEqual({ username: 'ali', secret: 'open sesame' })
  }
  expect(await client.credentials({ host: 'token.example' })).toEqual({ username: '', secret: 'identity' })
  expect(await client.credentials({ host: 'other.example' })).toEqual({ username: '', secret: '' })
  expect(asked).toEqual(['docker.io', 'token.example', 'other.example'])
  expect(shared).toEqual([`[auth] sharing credentials for ${host}`, '[auth] sharing credentials for token.example'])
})

test("Docker Hub's account counts at the registries that it backs", async () => {
  const { client } = await setup()
  expect(await client.credentials({ host: 'dhi.io' })).toEqual({ username: 'ali', secret: 'open sesame' })
})

test('credentials that are some minutes old are asked for again', async () => {
  let now = 0
  const { client, asked } = await setup({ now: () => new Date(now) })
  await client.credentials({ host: 'token.example' })
  now = 291_000
  await client.credentials({ host: 'token.example' })
  expect(asked).toHaveLength(2)
})

test('a helper that fails fails the question, in its words', async () => {
  const { client } = await setup({ credentials: async () => Promise.reject(new Error('helper: no keychain')) })
  await expect(client.credentials({ host: 'a' })).rejects.toThrow('helper: no keychain')
})

const scopes = ['repository:library/busybox:pull']

test('a token is got by OAuth2 where there is an account', async () => {
  const { client, shared } = await setup()
  const issued = { expires_in: 300, issued_at: '2026-01-02T03:04:05Z' }
  const { realm, asked } = await tokenServer({ json: { access_token: 'T', ...issued } })
  const got = await client.fetchToken({ host: 'registry-1.docker.io', realm, service: 'reg', scopes })
  expect(got).toEqual({ token: 'T', expiresIn: 300, issuedAt: 1_767_323_045 })
  expect(asked).toMatchObject([{ method: 'POST', url: '/token', authorization: undefined }])
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
    client_id: 'buildkit-client',
    grant_type: 'password',
    username: 'ali',
    password: 'open sesame',
    scope: scopes[0],
    service: 'reg',
  })
  expect(shared).toEqual(['[auth] library/busybox:pull token for registry-1.docker.io'])
})

test('an identity token stands for the account', async () => {
  const { client } = await setup()
  const { realm, asked } = await tokenServer({ json: { access_token: 'T' } })
  expect(await client.fetchToken({ host: 'token.example', realm, service: 's', scopes })).toMatchObject({
    expiresIn: 60,
  })
  expect(asked[0]?.body).toContain('grant_type=refresh_token&refresh_token=identity')
})

test.each([401, 404, 405])('a server that answers OAuth2 with %i is asked in the older way', async (status) => {
  const { client } = await setup()
  const { realm, asked } = await tokenServer({ status, json: {} }, { json: { token: 'T' } })
  expect(await client.fetchToken({ host: 'registry-1.docker.io', realm, service: 's', scopes })).toMatchObject({
    token: 'T',
  })
  const basic = `Basic ${Buffer.from('ali:open sesame').toString('base64')}`
  expect(asked[1]).toMatchObject({
    method: 'GET',
    url: `/token?scope=${encodeURIComponent(scopes[0] ?? '')}&service=s`,
    authorization: basic,
  })
})

test('nobody asks without a name, and a token from config.json is taken as it is', async () => {
  const { client, shared } = await setup()
  const { realm, asked } = await tokenServer({ json: { token: 'A' } })
  expect(await client.fetchToken({ host: 'other.example', realm, service: '', scopes })).toMatchObject({ token: 'A' })
  expect(asked[0]).toMatchObject({ method: 'GET', authorization: undefined })
  expect(await client.fetchToken({ host: 'bearer.example', realm, service: '', scopes })).toMatchObject({
    token: 'ready',
  })
  expect(shared).toEqual([])
})

test.each([
  [
    'a refusal',
    { status: 403, json: {} },
    /^failed to fetch oauth token: unexpected status from POST request to http:\/\/127\.0\.0\.1:\d+\/token: 403 Forbidden$/,
  ],
  [
    'an answer without a token',
    { json: {} },
    /^failed to fetch oauth token: authorization server did not include a token in the response$/,
  ],
  [
    'an answer that is no object',
    { json: 'no' },
    /^failed to fetch oauth token: authorization server did not include a token in the response$/,
  ],
])('%s is told in words, without the password', async (_, answer, words) => {
  const { client } = await setup()
  const { realm } = await tokenServer(answer)
  const error = await client
    .fetchToken({ host: 'registry-1.docker.io', realm, service: 's', scopes })
    .catch((e: Error) => e)
  expect((error as Error).message).toMatch(words)
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/sesame|b3BlbiBz/)
})

test('an account here is known again by its key, and signs with it', async () => {
  const one = await setup()
  const host = 'registry-1.docker.io'
  const [salt, payload] = [Buffer.from('salt'), Buffer.from('payload')]
  const { publicKey } = await one.client.getTokenAuthority({ host, salt })
  const { signed } = await one.client.verifyTokenAuthority({ host, payload, salt })
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  expect(Buffer.from(signed.subarray(64)).equals(payload)).toBe(true)
  expect(verify(null, payload, key, signed.subarray(0, 64))).toBe(true)
  const again = await setup({ configDir: one.configDir })
  expect((await again.client.getTokenAuthority({ host, salt })).publicKey).toEqual(publicKey)
  const other = await setup()
  expect((await other.client.getTokenAuthority({ host, salt })).publicKey).not.toEqual(publicKey)
  expect((await again.client.getTokenAuthority({ host, salt: Buffer.from('2') })).publicKey).not.toEqual(publicKey)
})

test("the seed is kept in buildx's file, beside others, readable by its owner", async () => {
  const { client, configDir } = await setup()
  const file = path.join(configDir, '.token_seed')
  fs.writeFileSync(file, '{"other":{"Seed":"AAAA"}}')
  await client.getTokenAuthority({ host: 'registry-1.docker.io', salt: Buffer.alloc(1) })
  const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, { Seed: string }>
  expect(Object.keys(kept)).toEqual(['other', 'registry-1.docker.io'])
  expect(kept['other']).toEqual({ Seed: 'AAAA' })
  expect(Buffer.from(kept['registry-1.docker.io']?.Seed ?? '', 'base64')).toHaveLength(16)
  expect(fs.statSync(file).mode & 0o777).toBe(0o600)
})

test('nobody has the same key everywhere, and leaves no file', async () => {
  const [one, two] = [await setup(), await setup()]
  const ask = { host: 'other.example', salt: Buffer.from('s') }
  const { publicKey } = await one.client.getTokenAuthority(ask)
  expect((await two.client.getTokenAuthority(ask)).publicKey).toEqual(publicKey)
  expect(fs.readdirSync(one.configDir)).toEqual([])
})

test('BUILDKIT_NO_CLIENT_TOKEN leaves tokens to the daemon', async () => {
  const { client } = await setup({ env: { BUILDKIT_NO_CLIENT_TOKEN: '1' } })
  const asked = client.getTokenAuthority({ host: 'a', salt: Buffer.alloc(0) })
  await expect(asked).rejects.toMatchObject({ code: 'Unavailable', message: 'client side tokens disabled' })
})
