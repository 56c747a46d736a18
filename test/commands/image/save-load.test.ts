import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type Reply } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

describe('docker save', () => {
  it('writes the archive of all images to stdout', async () => {
    const engine = await fakeEngine({ 'GET /images/get': { bytes: Buffer.from('tar') } })
    expect((await run(['save', 'a', 'b'], { engine })).stdout).toBe('tar')
    expect(engine.requests[0]?.query).toEqual({ names: ['a', 'b'] })
  })

  it('writes a file that only its owner reads', async () => {
    const cwd = temporaryFolder()
    const engine = await fakeEngine({ 'GET /images/get': { bytes: Buffer.from('tar') } })
    await run(['save', '-o', 'a.tar', 'a'], { engine, cwd })
    expect(fs.readFileSync(path.join(cwd, 'a.tar'), 'utf8')).toBe('tar')
    expect(fs.statSync(path.join(cwd, 'a.tar')).mode & 0o777).toBe(0o600)
  })

  it('keeps the old file when the daemon refuses or breaks off', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'a.tar'), 'old')
    const broken: Reply = {
      handle: (response) => {
        response.writeHead(200, { 'Content-Length': 100 })
        response.write('half', () => response.destroy())
      },
    }
    const engine = await fakeEngine({ 'GET /images/get': [{ error: 'no such image', status: 404 }, broken] })
    for (const turn of [1, 2]) {
      expect([turn, (await run(['save', '-o', 'a.tar', 'a'], { engine, cwd })).exitCode]).toEqual([turn, 1])
      expect(fs.readdirSync(cwd)).toEqual(['a.tar'])
      expect(fs.readFileSync(path.join(cwd, 'a.tar'), 'utf8')).toBe('old')
    }
  })

  it('asks for platforms, each once', async () => {
    const engine = await fakeEngine({ 'GET /images/get': { bytes: Buffer.from('tar') } })
    await run(['save', '--platform', 'linux/amd64,linux/arm/v7', '--platform', 'linux/amd64', 'a'], { engine })
    const sent = [engine.requests[0]?.query['platform'] ?? []].flat()
    expect(sent.map((text) => JSON.parse(text) as unknown)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm', os: 'linux', variant: 'v7' },
    ])
  })

  it('does not ask when there is nowhere to write', async () => {
    const engine = await fakeEngine()
    const cwd = temporaryFolder()
    expect((await run(['save', 'a'], { engine, terminal: true })).stderr).toBe(
      'cowardly refusing to save to a terminal. Use the -o flag or redirect\n',
    )
    expect((await run(['save', '-o', 'no/a.tar', 'a'], { engine, cwd })).stderr).toBe(
      'failed to save image: invalid output path: stat no: no such file or directory\n',
    )
    expect((await run(['save', '--platform', 'x/y/z/w', 'a'], { engine, cwd })).stderr).toMatch(/^invalid platform: /)
  })
})

describe('docker load', () => {
  const loaded = { lines: [{ stream: 'Loaded image: a:1\n' }] }

  it('sends stdin as it is', async () => {
    const engine = await fakeEngine({ 'POST /images/load': loaded })
    const { stdout } = await run(['load'], { engine, stdin: 'the archive' })
    expect(stdout).toBe('Loaded image: a:1\n')
    expect(engine.requests[0]).toMatchObject({ query: { quiet: '1' }, body: Buffer.from('the archive') })
    expect(engine.requests[0]?.headers['content-type']).toBe('application/x-tar')
  })

  it('sends a file, and asks for progress on a terminal only', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'a.tar'), 'from a file')
    const engine = await fakeEngine({ 'POST /images/load': loaded })
    await run(['load', '-i', 'a.tar'], { engine, cwd, terminal: true })
    await run(['load', '-q', '-i', 'a.tar'], { engine, cwd, terminal: true })
    expect(engine.requests.map(({ query, body }) => [query['quiet'], body.toString()])).toEqual([
      ['0', 'from a file'],
      ['1', 'from a file'],
    ])
  })

  it('fails before asking when the file is not there', async () => {
    const { stderr, exitCode } = await run(['load', '-i', 'no.tar'], {
      engine: await fakeEngine(),
      cwd: temporaryFolder(),
    })
    expect([stderr, exitCode]).toEqual(['open no.tar: no such file or directory\n', 1])
  })

  it("fails with the daemon's word on an archive cut short", async () => {
    const engine = await fakeEngine({ 'POST /images/load': { status: 500, error: 'unexpected EOF' } })
    const { stderr, exitCode } = await run(['load'], { engine, stdin: 'half a tar' })
    expect([stderr, exitCode]).toEqual(['Error response from daemon: unexpected EOF\n', 1])
  })
})
