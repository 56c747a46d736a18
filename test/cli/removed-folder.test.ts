import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type FakeEngine } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { isBinary, programArgv } from '../program.ts'

/** Runs docket by `sh`, which prepares the working folder by `first`. */
async function docket(engine: FakeEngine, first: string, argv: readonly string[], env: Record<string, string> = {}) {
  const home = temporaryFolder()
  const script = `${first}; exec "$@"`
  const program = [...programArgv(), ...argv]
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...program], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, DOCKER_HOST: engine.host, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { stdout, stderr, status: status as number }
}

const removed = 'mkdir gone; cd gone; rmdir ../gone'
const created = { 'POST /containers/create': { status: 201, json: { Id: 'abc', Warnings: [] } } }

// Bun itself says that the folder was deleted, and does not start.
describe.skipIf(isBinary)('in a folder that was removed', () => {
  it('makes a container, whose relative sources stay as they are', async () => {
    const engine = await fakeEngine(created)
    const outcome = await docket(engine, removed, ['create', '-v', './x:/y', '-v', '/a:/b', 'busybox'])
    expect(outcome).toEqual({ stdout: 'abc\n', stderr: '', status: 0 })
    expect(engine.requests[0]?.json).toMatchObject({ HostConfig: { Binds: ['./x:/y', '/a:/b'] } })
  })

  it('starts a command in one', async () => {
    const engine = await fakeEngine({
      'GET /containers/web/json': { json: { Id: 'web', State: { Running: true } } },
      'POST /containers/web/exec': { status: 201, json: { Id: 'abc' } },
      'POST /exec/abc/start': {},
    })
    const outcome = await docket(engine, removed, ['exec', '-d', 'web', 'true'])
    expect(outcome).toEqual({ stdout: '', stderr: '', status: 0 })
  })

  it('saves and exports', async () => {
    const engine = await fakeEngine({
      'GET /images/get': { text: 'image' },
      'GET /containers/web/export': { text: 'content' },
    })
    const file = path.join(temporaryFolder(), 'file')
    expect(await docket(engine, removed, ['save', '-o', file, 'busybox'])).toMatchObject({ stderr: '', status: 0 })
    expect(fs.readFileSync(file, 'utf8')).toBe('image')
    expect(await docket(engine, removed, ['export', '-o', file, 'web'])).toMatchObject({ stderr: '', status: 0 })
    expect(fs.readFileSync(file, 'utf8')).toBe('content')
  })

  it.each([
    [['cp', 'x', 'web:/y'], 'getwd: no such file or directory\n'],
    [['cp', 'web:/y', '.'], 'getwd: no such file or directory\n'],
    [['plugin', 'create', 'a', 'x'], 'getwd: no such file or directory\n'],
    [['save', '-o', 'x', 'busybox'], 'failed to save image: getwd: no such file or directory\n'],
    [['load', '-i', 'x'], 'open x: no such file or directory\n'],
    [['exec', '--env-file', 'x', 'web', 'true'], 'open x: no such file or directory\n'],
    [['context', 'export', 'default', 'x'], 'open x: no such file or directory\n'],
  ])('says so where it needs its path: %j', async (argv, message) => {
    const engine = await fakeEngine(argv[1] === 'x' ? { 'HEAD /containers/web/archive': { status: 404 } } : {})
    expect(await docket(engine, removed, argv)).toEqual({ stdout: '', stderr: message, status: 1 })
  })

  it('asks credential helpers', async () => {
    const engine = await fakeEngine({ 'POST /images/create': { lines: [] } })
    const folder = temporaryFolder()
    const helper = path.join(folder, 'docker-credential-fake')
    fs.writeFileSync(helper, `#!/bin/sh\necho '{"Username":"me","Secret":"secret"}'`, { mode: 0o755 })
    fs.writeFileSync(path.join(folder, 'config.json'), '{"credsStore":"fake"}')
    const env = { PATH: `${folder}:${process.env.PATH}`, DOCKER_CONFIG: folder }
    expect(await docket(engine, removed, ['pull', '-q', 'busybox'], env)).toMatchObject({ status: 0 })
    const sent = Buffer.from(engine.requests[0]?.headers['x-registry-auth'] ?? '', 'base64url').toString()
    expect(JSON.parse(sent)).toMatchObject({ username: 'me', password: 'secret' })
  })
})

it('keeps the links of the way that led here in a path', async () => {
  const engine = await fakeEngine(created)
  await docket(engine, 'mkdir real; ln -s real link; cd link', ['create', '-v', './x:/y', 'busybox'])
  expect(engine.requests[0]?.json).toMatchObject({ HostConfig: { Binds: [expect.stringMatching(/\/link\/x:\/y$/)] } })
  await docket(engine, 'mkdir real; cd real; PWD=/tmp; export PWD', ['create', '-v', './x:/y', 'busybox'])
  expect(engine.requests[1]?.json).toMatchObject({ HostConfig: { Binds: [expect.stringMatching(/\/real\/x:\/y$/)] } })
})
