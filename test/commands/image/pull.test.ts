import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const digest = `sha256:${'ab'.repeat(32)}`
const create = 'POST /images/create'
const pulled = { lines: [{ status: 'Pulling from x', id: 'latest' }, { status: 'Status: Downloaded' }] }

describe('docker pull', () => {
  it.each([
    ['busybox', { fromImage: 'docker.io/library/busybox', tag: 'latest' }, 'docker.io/library/busybox:latest'],
    ['busybox:1.36', { fromImage: 'docker.io/library/busybox', tag: '1.36' }, 'docker.io/library/busybox:1.36'],
    [`r.io:5000/a/b@${digest}`, { fromImage: 'r.io:5000/a/b', tag: digest }, `r.io:5000/a/b@${digest}`],
  ])('asks for %s in full and ends with its name', async (name, query, last) => {
    const engine = await fakeEngine({ [create]: pulled })
    const { stdout, exitCode } = await run(['pull', name], { engine })
    expect(exitCode).toBe(0)
    expect(engine.requests[0]?.query).toEqual(query)
    expect(stdout.endsWith(`latest: Pulling from x\nStatus: Downloaded\n${last}\n`)).toBe(true)
    expect(stdout.startsWith('Using default tag: latest\n')).toBe(name === 'busybox')
  })

  it('asks for every tag with -a, and for none beside it', async () => {
    const engine = await fakeEngine({ [create]: pulled })
    await run(['pull', '-a', 'busybox'], { engine })
    expect(engine.requests[0]?.query).toEqual({ fromImage: 'docker.io/library/busybox' })
    expect(await run(['pull', '-a', 'busybox:1'], { engine })).toEqual({
      stdout: '',
      stderr: "tag can't be used with --all-tags/-a\n",
      exitCode: 1,
    })
  })

  it('prints the name alone with -q', async () => {
    const engine = await fakeEngine({ [create]: pulled })
    expect((await run(['pull', '-q', 'busybox'], { engine })).stdout).toBe('docker.io/library/busybox:latest\n')
  })

  it('takes the platform from the flag before the environment', async () => {
    const engine = await fakeEngine({ [create]: pulled })
    const env = { DOCKER_DEFAULT_PLATFORM: 'linux/aarch64' }
    await run(['pull', 'busybox'], { engine, env })
    await run(['pull', '--platform', 'linux/arm/v7', 'busybox'], { engine, env })
    expect(engine.requests.map(({ query }) => query['platform'])).toEqual(['linux/arm64', 'linux/arm/v7'])
  })

  it("sends the registry's credentials, or that there are none", async () => {
    const engine = await fakeEngine({ [create]: pulled })
    const config = { auths: { 'r.io': { username: 'bob', password: 'pw', serveraddress: 'r.io' } } }
    await run(['pull', 'r.io/x'], { engine, config })
    await run(['pull', 'other.io/x'], { engine, config })
    const sent = engine.requests.map(({ headers }) =>
      JSON.parse(Buffer.from(headers['x-registry-auth'] ?? '', 'base64url').toString()),
    )
    expect(sent).toEqual([expect.objectContaining({ username: 'bob', password: 'pw' }), {}])
  })

  it('fails with the error in the stream and prints no name', async () => {
    const lines = [{ status: 'Pulling' }, { errorDetail: { message: 'no space left' }, error: 'no space left' }]
    const engine = await fakeEngine({ [create]: { lines } })
    expect(await run(['pull', '-q', 'busybox'], { engine })).toEqual({
      stdout: '',
      stderr: 'no space left\n',
      exitCode: 1,
    })
  })

  it('fails when the stream is cut short', async () => {
    const engine = await fakeEngine({
      [create]: {
        handle: (response) => {
          response.writeHead(200)
          response.write('{"status":"Pul', () => response.destroy())
        },
      },
    })
    const { exitCode, stderr } = await run(['pull', 'busybox'], { engine })
    expect(exitCode).toBe(1)
    expect(stderr).not.toBe('')
  })

  it.each([':', 'bad:tag:x', 'UPPER', 'x@sha256:1', ' '])('refuses %j without asking the daemon', async (name) => {
    const { exitCode, stderr } = await run(['pull', name], { engine: await fakeEngine() })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('invalid reference format')
  })

  it('still takes --disable-content-trust and says that it is gone', async () => {
    const engine = await fakeEngine({ [create]: pulled })
    const { stdout } = await run(['pull', '--disable-content-trust', 'busybox'], { engine })
    expect(stdout).toContain(
      'Flag --disable-content-trust has been deprecated, support for docker content trust was removed\n',
    )
  })
})
