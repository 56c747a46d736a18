import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const create = 'POST /containers/create'
const pull = 'POST /images/create'
const missing: Stub = { status: 404, error: 'No such image: new:latest' }
const made: Stub = { status: 201, json: { Id: 'abc', Warnings: [] } }

describe('create', () => {
  it('prints the ID and tells warnings apart', async () => {
    const engine = await fakeEngine({ [create]: { status: 201, json: { Id: 'abc', Warnings: ['one', 'two'] } } })
    const outcome = await run(['create', '--name', 'web', '--platform', 'arm64', 'busybox', 'sh', '-c', 'x'], {
      engine,
    })
    expect(outcome).toEqual({ stdout: 'abc\n', stderr: 'WARNING: one\nWARNING: two\n', exitCode: 0 })
    expect(engine.requests[0]?.query).toEqual({ name: 'web', platform: 'linux/arm64' })
    expect(engine.requests[0]?.json).toMatchObject({ Image: 'busybox', Cmd: ['sh', '-c', 'x'] })
  })

  it('pulls an image that is missing and tries again', async () => {
    const engine = await fakeEngine({
      [create]: [missing, made],
      [pull]: { lines: [{ status: 'Pulling', id: 'latest' }, { status: 'Done' }] },
    })
    const outcome = await run(['create', 'new'], { engine })
    expect(outcome.stdout).toBe('abc\n')
    expect(outcome.stderr).toBe("Unable to find image 'new:latest' locally\nlatest: Pulling\nDone\n")
    expect(engine.calls).toEqual([create, pull, create])
    expect(engine.requests[1]?.query).toEqual({ fromImage: 'docker.io/library/new', tag: 'latest' })
  })

  it('says nothing of the pull with --quiet', async () => {
    const engine = await fakeEngine({ [create]: [missing, made], [pull]: { lines: [{ status: 'Pulling' }] } })
    expect(await run(['create', '-q', 'new'], { engine })).toEqual({ stdout: 'abc\n', stderr: '', exitCode: 0 })
  })

  it.each([
    ['never', [create], 1],
    ['', [create], 1],
    ['always', [pull, create], 0],
  ])('keeps to the pull policy %j', async (policy, calls, exitCode) => {
    const engine = await fakeEngine(
      { [create]: exitCode === 0 ? made : missing },
      { optional: { [pull]: { lines: [] } } },
    )
    expect((await run(['create', '--pull', policy, 'new'], { engine })).exitCode).toBe(exitCode)
    expect(engine.calls).toEqual(calls)
  })

  it('tells what a pull tells, and makes nothing', async () => {
    const engine = await fakeEngine({
      [create]: missing,
      [pull]: { lines: [{ errorDetail: { message: 'denied' }, error: 'denied' }] },
    })
    const outcome = await run(['create', '-q', 'new'], { engine })
    expect(outcome).toEqual({ stdout: '', stderr: 'denied\n', exitCode: 1 })
  })

  it('refuses what cannot be asked for before it asks, with the way to help', async () => {
    const engine = await fakeEngine()
    const help = "\n\nRun 'docker create --help' for more information\n"
    const policy = 'invalid pull option: \'x\': must be one of "always", "missing" or "never"'
    expect(await run(['create', '--pull', 'x', 'b'], { engine })).toMatchObject({
      stderr: `docker: ${policy}${help}`,
      exitCode: 125,
    })
    expect(await run(['create', '--pid', 'x', 'b'], { engine })).toMatchObject({
      stderr: `docker: --pid: invalid PID mode${help}`,
      exitCode: 125,
    })
    expect(await run(['create', '--platform', '*', 'b'], { engine })).toMatchObject({
      stderr: '"*": wildcards not yet supported: invalid argument\n',
      exitCode: 1,
    })
    expect(engine.calls).toEqual([])
  })

  it('gives the container the proxies of config.json, but for those it is given', async () => {
    const engine = await fakeEngine({ [create]: made })
    const config = { proxies: { default: { httpProxy: 'http://p' } } }
    await run(['create', '-e', 'A=1', '-e', 'A=2', '-e', 'http_proxy', '-e', 'B', 'busybox'], {
      engine,
      config,
      env: { B: 'mine' },
    })
    const { Env } = engine.requests[0]!.json as { Env: string[] }
    expect(Env.toSorted()).toEqual(['A=2', 'B=mine', 'HTTP_PROXY=http://p', 'http_proxy'])
  })

  it('writes the ID to a file that was not there, and leaves none behind when nothing is made', async () => {
    const cwd = temporaryFolder()
    const engine = await fakeEngine({ [create]: [made, { error: 'no' }] })
    await run(['create', '--cidfile', 'id', 'busybox'], { engine, cwd })
    expect(fs.readFileSync(path.join(cwd, 'id'), 'utf8')).toBe('abc')
    const again = await run(['create', '--cidfile', 'id', 'busybox'], { engine, cwd })
    const advice = "make sure the other container isn't running or delete id"
    expect(again).toMatchObject({ stderr: `container ID file found, ${advice}\n`, exitCode: 1 })
    await run(['create', '--cidfile', 'other', 'busybox'], { engine, cwd })
    expect(fs.readdirSync(cwd)).toEqual(['id'])
  })

  it("shares the engine's socket and the credentials", async () => {
    const auth = Buffer.from('me:secret').toString('base64')
    const engine = await fakeEngine({ [create]: made, 'PUT /containers/abc/archive': {} })
    const config = { auths: { 'example.com': { username: 'me', password: 'secret' } } }
    expect(await run(['create', '--use-api-socket', 'busybox'], { engine, config })).toMatchObject({ stderr: '' })
    const mount = { Type: 'bind', Source: '/var/run/docker.sock', Target: '/var/run/docker.sock', BindOptions: {} }
    expect(engine.requests[0]?.json).toMatchObject({
      Env: ['DOCKER_CONFIG=/run/secrets/docker'],
      HostConfig: { Mounts: [mount] },
    })
    const archive = engine.requests[1]?.body ?? Buffer.alloc(0)
    expect(archive.length % 512).toBe(0)
    expect(archive.toString('latin1', 0, 31)).toBe('/run/secrets/docker/config.json')
    expect(archive.toString('utf8', 512)).toContain(auth)
  })
})

it.each([
  [':/volume', 'invalid spec: :/volume: empty section between colons'],
  ['', 'invalid empty volume spec'],
])('refuses the volume %j before anything is asked', async (volume, why) => {
  const engine = await fakeEngine()
  const { stdout, stderr, exitCode } = await run(['create', '-v', volume, 'busybox'], { engine })
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 125 })
  expect(stderr).toContain(why)
  expect(engine.calls).toEqual([])
})
