import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'
import { readTar } from '../../read-tar.ts'

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function tarball(...options: string[]): Buffer {
  const folder = temporaryFolder()
  fs.writeFileSync(path.join(folder, 'Dockerfile'), 'FROM busybox')
  fs.writeFileSync(path.join(folder, 'a'), 'x'.repeat(2000))
  return execFileSync('tar', ['-C', folder, ...options, '-cf', '-', 'Dockerfile', 'a'])
}

async function build(url: string, argv: string[] = [], stdin = '') {
  const engine = await fakeEngine({}, { optional: { 'POST /build': { lines: [{ stream: 'built\n' }] } } })
  const outcome = await run(['build', ...argv, url], { engine, env: { DOCKER_BUILDKIT: '0' }, stdin })
  return { ...outcome, request: engine.requests[0] }
}

describe('docker build of a URL', () => {
  it('sends the archive that it leads to, redirected and with a password', async () => {
    const archive = tarball('-z')
    const asked: (string | undefined)[] = []
    const host = await serve((request, response) => {
      asked.push(request.headers.authorization)
      if (request.url === '/moved') response.writeHead(302, { Location: '/context.tgz' }).end()
      else response.end(archive)
    })
    const { stdout, request } = await build(`${host.replace('//', '//me:pass%20word@')}/moved`, ['-f', 'other'])
    expect(request?.body.equals(archive)).toBe(true)
    expect(request?.query).toEqual({ dockerfile: 'other', version: '1' })
    expect(asked).toEqual(Array(2).fill(`Basic ${Buffer.from('me:pass word').toString('base64')}`))
    const size = archive.length
    expect(stdout).toMatch(
      new RegExp(
        `^Downloading build context from remote url: http://\\S+ \\[=+>\\] +${size}B/${size}B\r\r\n` +
          `Sending build context to Docker daemon +${size}B\r\r\nbuilt\n$`,
      ),
    )
  })

  it('takes a Dockerfile for a context with nothing else', async () => {
    const host = await serve((_, response) => response.end('FROM busybox\n'))
    const { request } = await build(`${host}/Dockerfile`)
    expect((await readTar(request!.body)).map(({ name, content }) => [name, content])).toEqual([
      ['Dockerfile', 'FROM busybox\n'],
    ])
  })

  it('adds a Dockerfile from standard input', async () => {
    const archive = tarball()
    const host = await serve((_, response) => response.end(archive))
    const { request } = await build(`${host}/context.tar`, ['-f', '-'], 'FROM stdin')
    const entries = await readTar(request!.body)
    expect(entries.map(({ content }) => content.slice(0, 10))).toContain('FROM stdin')
    expect(entries.map(({ name }) => name)).toEqual(['Dockerfile', 'a', request!.query['dockerfile'], '.dockerignore'])
  })

  it.each<[string, RequestListener, RegExp]>([
    [
      'an error',
      (_, response) => response.writeHead(404).end(' not here \n'),
      /failed to GET http:\S+ with status 404 Not Found: not here\n$/,
    ],
    ['a server that hangs up', (request) => request.socket.destroy(), /Get "http:\S+": .+\n$/],
  ])('tells of %s', async (_, answer, message) => {
    const host = await serve(answer)
    const { exitCode, stderr, request } = await build(`${host}/context.tar`)
    expect([exitCode, request]).toEqual([1, undefined])
    expect(stderr).toMatch(/\n\nunable to prepare context: unable to download remote context http:\S+: /)
    expect(stderr).toMatch(message)
  })

  it('fails where the download breaks off', async () => {
    const host = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': '1000000' })
      response.write(tarball().subarray(0, 500), () => response.destroy())
    })
    const { exitCode, stderr, request } = await build(`${host}/context.tar`)
    expect([exitCode, request]).toEqual([1, undefined])
    expect(stderr).toMatch(/unable to download remote context http:\S+: .+\n$/)
  })
})
