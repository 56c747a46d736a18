import { writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, connect as connectNet, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { tcpRoute } from '../../src/connection/tcp-route.ts'
import { http1Transport } from '../../src/engine/http1.ts'
import { bun } from '../../src/runtime/bun.ts'
import type { TlsData } from '../../src/tls/tls.ts'
import { Engine } from '../../src/engine/engine.ts'
import { temporaryFolder } from '../harness.ts'
import { certificate, type Certificate } from './certificates.ts'

const ca = certificate({ name: 'ca', authority: true })
const foreignCa = certificate({ name: 'foreign', authority: true })
const past = { from: new Date('2020-01-01'), to: new Date('2020-02-01') }
const names = { dns: ['localhost'], ips: ['127.0.0.1'] }
const server = certificate({ name: 'server', issuer: ca, ...names })
const client = certificate({ name: 'client', issuer: ca })

async function listen(made: Server): Promise<number> {
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void made.close())
  return (made.address() as AddressInfo).port
}

const answer = (body: string) =>
  `HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`

/** A daemon behind TLS that wants client certificates of our authority. */
function tlsDaemon(of: Certificate = server, options: TlsOptions = {}): Promise<number> {
  const mutual = { ca: ca.cert, requestCert: true, rejectUnauthorized: true }
  const made = createTlsServer({ cert: of.cert, key: of.key, ...mutual, ...options }, (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      const head = chunk.toString()
      if (head.startsWith('HEAD')) socket.write(answer(''))
      else if (head.includes('Upgrade: tcp')) socket.end('HTTP/1.1 101 UPGRADED\r\n\r\nhijacked')
      else socket.write(answer('{"ID":"far"}'))
    })
  })
  made.on('tlsClientError', () => undefined)
  return listen(made)
}

function data(of: Partial<{ ca: Certificate; client: Certificate }>): TlsData {
  return {
    ...(of.ca === undefined ? {} : { ca: Buffer.from(of.ca.cert) }),
    ...(of.client === undefined ? {} : { cert: Buffer.from(of.client.cert), key: Buffer.from(of.client.key) }),
  }
}

interface Options {
  tls?: TlsData
  skipVerify?: boolean
  env?: Record<string, string>
  host?: string
}

function engineAt(port: number, { tls, skipVerify = false, env = {}, host = '127.0.0.1' }: Options = {}): Engine {
  const choice = tls === undefined ? undefined : { skipVerify, data: tls }
  const transport = http1Transport(tcpRoute(`${host}:${port}`, choice, { env, now: () => new Date(), bun }))
  onTestFinished(() => transport.close())
  const authority = `${host}:${port}`
  const address = {
    host: `tcp://${authority}`,
    protocol: 'tcp',
    authority,
    source: 'DOCKER_HOST',
    tls: tls !== undefined,
  }
  return new Engine({ transport, address })
}

async function failure(engine: Engine): Promise<{ code: string; message: string; hint: string }> {
  const error = await engine.system.info().then(
    () => new Error('it worked'),
    (reason: unknown) => reason,
  )
  return error as { code: string; message: string; hint: string }
}

describe('TLS', () => {
  test('with the right certificates works, hijacked too', async () => {
    const engine = engineAt(await tlsDaemon(), { tls: data({ ca, client }) })
    expect(await engine.system.info()).toMatchObject({ ID: 'far' })
    const { socket } = await engine.containers.attach('x', { stream: true })
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe('hijacked')
  })

  test('without an authority trusts those of SSL_CERT_FILE and SSL_CERT_DIR, and no others', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ca.pem'), ca.cert)
    writeFileSync(join(folder, 'foreign.pem'), foreignCa.cert)
    const port = await tlsDaemon()
    const ask = (env: Record<string, string>) => engineAt(port, { tls: data({ client }), env }).system.info()
    const unknown = 'certificate signed by unknown authority'
    expect(await ask({ SSL_CERT_FILE: join(folder, 'ca.pem'), SSL_CERT_DIR: '/none' })).toMatchObject({ ID: 'far' })
    expect(await ask({ SSL_CERT_FILE: '/none', SSL_CERT_DIR: `/none:${folder}` })).toMatchObject({ ID: 'far' })
    await expect(ask({ SSL_CERT_FILE: join(folder, 'foreign.pem'), SSL_CERT_DIR: '/none' })).rejects.toThrow(unknown)
    await expect(ask({ SSL_CERT_FILE: '/none', SSL_CERT_DIR: '/none' })).rejects.toThrow(unknown)
    await expect(ask({})).rejects.toThrow(unknown)
  })

  test.each([
    [
      'a server of an unknown authority',
      server,
      { ca: foreignCa, client },
      'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    [
      'an expired server certificate',
      certificate({ name: 'late', issuer: ca, ...names, ...past }),
      { ca, client },
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time NOW is after 2020-02-01T00:00:00Z',
    ],
    [
      'a server certificate for other addresses',
      certificate({ name: 'other', issuer: ca, ips: ['10.0.0.1', '10.0.0.2'] }),
      { ca, client },
      'tls: failed to verify certificate: x509: certificate is valid for 10.0.0.1, 10.0.0.2, not 127.0.0.1',
    ],
    [
      'a server certificate for names only',
      certificate({ name: 'other', issuer: ca, dns: ['far.example'] }),
      { ca, client },
      "tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs",
    ],
    ['no certificate of ours', server, { ca }, 'remote error: tls: certificate required'],
  ])('with %s says so', async (_case, of, ours, why) => {
    const port = await tlsDaemon(of)
    const error = await failure(engineAt(port, { tls: data(ours) }))
    const where = `https://127.0.0.1:${port}`
    const said = error.message
      .replace(/Get "([^"]*?)\/v1\.\d+\/info"/, 'Get "$1"')
      .replace(/(current time )\S+/, '$1NOW')
    expect(said).toBe(`error during connect: Get "${where}": ${why}`)
    expect(error.code).toBe(why.startsWith('remote') ? 'connection/client-certificate' : 'connection/tls')
    expect(error.hint).toContain('DOCKER_CERT_PATH')
  })

  test('checks a name against the certificate, and nothing where that is off', async () => {
    const of = certificate({ name: 'other', issuer: foreignCa, dns: ['far.example'] })
    const error = await failure(
      engineAt(await tlsDaemon(of), { tls: data({ ca: foreignCa, client }), host: 'localhost' }),
    )
    expect(error.message).toContain('x509: certificate is valid for far.example, not localhost')
    const lax = engineAt(await tlsDaemon(of), { tls: data({ client }), skipVerify: true })
    expect(await lax.system.info()).toMatchObject({ ID: 'far' })
  })

  test('towards a plain daemon says so', async () => {
    const port = await listen(createHttpServer((_request, response) => void response.end()))
    const error = await failure(engineAt(port, { tls: data({ ca, client }) }))
    expect(error.message).toContain('http: server gave HTTP response to HTTPS client')
  })

  test.each([
    // What a TLS server sends that does not know HTTP, and what Go's does.
    ['an alert', '\x15\x03\x01\x00\x02\x02\x16', 'Are you trying to connect to a TLS-enabled daemon without TLS?'],
    [
      'words',
      'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
      'Error response from daemon: Client sent an HTTP request to an HTTPS server.',
    ],
  ])('is missed by a daemon that answers with %s', async (_case, bytes, message) => {
    const port = await listen(
      createServer((socket) => {
        socket.on('error', () => undefined)
        socket.on('data', () => socket.end(bytes, 'latin1'))
      }),
    )
    const error = await failure(engineAt(port))
    expect(error.message).toContain(message)
  })
})

describe('TCP failures', () => {
  test('of a port where nobody listens', async () => {
    const closed = createServer()
    const port = await listen(closed)
    await new Promise((resolve) => closed.close(resolve))
    const error = await failure(engineAt(port))
    expect(error.code).toBe('connection/refused')
    expect(error.message).toBe(
      `Cannot connect to the Docker daemon at tcp://127.0.0.1:${port}. Is the docker daemon running?`,
    )
    expect(error.hint).toMatch(/^The endpoint is tcp:\/\/127\.0\.0\.1:\d+ \(from DOCKER_HOST\)\.\n/)
  })

  test('of a port that cannot be', async () => {
    const error = await failure(engineAt(99_999))
    expect(error.message).toMatch(/^error during connect: (Get|Head) ".*": dial tcp: address 99999: invalid port$/)
  })
})

describe('proxies', () => {
  /** A proxy that passes plain requests and tunnels on, and writes down what it was asked. */
  async function proxy(refuse = false): Promise<{ port: number; seen: string[] }> {
    const seen: string[] = []
    const made = createHttpServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`)
      response.setHeader('Content-Type', 'application/json')
      response.end('{"ID":"by proxy"}')
    })
    made.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`)
      if (refuse) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      // The names of the tests lead back to this machine.
      const onward = connectNet(Number((request.url ?? '').split(':')[1]), '127.0.0.1')
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
      onward.on('error', () => socket.destroy())
      socket.on('error', () => onward.destroy())
      return undefined
    })
    return { port: await listen(made), seen }
  }

  test('are asked for plain requests with the whole URL', async () => {
    const { port, seen } = await proxy()
    const engine = engineAt(2375, { host: 'far.example', env: { HTTP_PROXY: `http://u:p%40@127.0.0.1:${port}` } })
    expect(await engine.system.info()).toMatchObject({ ID: 'by proxy' })
    const auth = `Basic ${Buffer.from('u:p@').toString('base64')}`
    expect(seen.at(-1)).toMatch(/^GET http:\/\/far\.example:2375\/v1\.\d+\/info /)
    expect(seen.at(-1)?.endsWith(auth)).toBe(true)
  })

  test('that speak TLS are asked in it, once the machine trusts them', async () => {
    const seen: string[] = []
    const made = createHttpsServer({ cert: server.cert, key: server.key }, ({ method, url, headers }, response) => {
      seen.push(`${method} ${url?.replace(/v1\.\d+/, 'v1')} ${headers['proxy-authorization']}`)
      response.setHeader('Content-Type', 'application/json')
      response.end('{"ID":"by proxy"}')
    })
    const port = await listen(made)
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ca.pem'), ca.cert)
    const env = { HTTP_PROXY: `https://u:p@127.0.0.1:${port}`, SSL_CERT_DIR: '/none' }
    const ask = (file: string) =>
      failure(engineAt(2375, { host: 'far.example', env: { ...env, SSL_CERT_FILE: join(folder, file) } }))
    expect((await ask('none')).message).toContain('x509: certificate signed by unknown authority')
    expect(seen).toEqual([])
    expect((await ask('ca.pem')).message).toBe('it worked')
    expect(seen.at(-1)).toBe(`GET http://far.example:2375/v1/info Basic ${btoa('u:p')}`)
  })

  test('are tunnelled through for TLS', async () => {
    const { port, seen } = await proxy()
    const daemon = await tlsDaemon()
    const options = { tls: data({ ca, client }), env: { HTTPS_PROXY: `127.0.0.1:${port}`, NO_PROXY: 'x' } }
    const engine = engineAt(daemon, { ...options, host: 'daemon.localhost' })
    const error = await failure(engine)
    expect(seen).toContain(`CONNECT daemon.localhost:${daemon} -`)
    expect(error.message).toContain('certificate is valid for localhost, not daemon.localhost')
  })

  test('that refuse a tunnel fail the request with their word', async () => {
    const { port } = await proxy(true)
    const options = { tls: data({ ca, client }), env: { HTTPS_PROXY: `127.0.0.1:${port}` } }
    const error = await failure(engineAt(1, { ...options, host: 'daemon.localhost' }))
    expect(error.message).toContain('Forbidden')
  })

  test('get what is theirs after a refused upgrade too, whose connection went by them to the daemon', async () => {
    const { port, seen } = await proxy()
    const asked: (string | undefined)[][] = []
    const daemon = await listen(
      createHttpServer(({ method, url, headers }, response) => {
        asked.push([method, url, headers['proxy-authorization']])
        response.writeHead(409).end('paused')
      }),
    )
    const env = { HTTP_PROXY: `http://u:p@127.0.0.1:${port}` }
    const transport = http1Transport(tcpRoute(`LOCALHOST:${daemon}`, undefined, { env, now: () => new Date() }))
    onTestFinished(() => transport.close())
    const hijack = await transport.hijack({ method: 'POST', path: '/x', headers: { Upgrade: 'tcp' } })
    if (!hijack.upgraded) expect(await hijack.response.body.text()).toBe('paused')
    await transport.request({ method: 'GET', path: '/y' })
    expect(asked).toEqual([['POST', '/x', undefined]])
    expect(seen.at(-1)).toMatch(new RegExp(`^GET http://LOCALHOST:${daemon}/y Basic `, 'i'))
  })

  test('that refuse a tunnel are gone around for a hijacked stream', async () => {
    const { port, seen } = await proxy(true)
    const daemon = await tlsDaemon()
    const route = tcpRoute(
      // Go's rule that this machine is not reached by a proxy goes by the letter.
      `LOCALHOST:${daemon}`,
      { skipVerify: false, data: data({ ca, client }) },
      { env: { HTTPS_PROXY: `127.0.0.1:${port}` }, now: () => new Date() },
    )
    const transport = http1Transport(route)
    onTestFinished(() => transport.close())
    const hijack = await transport.hijack({ method: 'POST', path: '/x', headers: { Upgrade: 'tcp' } })
    expect(hijack.upgraded).toBe(true)
    expect(seen).toEqual([`CONNECT LOCALHOST:${daemon} -`])
  })
})
