import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeHeader, END, padding } from '../../../src/archive/tar-writer.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const IS_DIRECTORY = 0x80000000
const IS_LINK = 0x08000000

function pathStat(stat: object) {
  const json = JSON.stringify({
    name: 'f',
    size: 5,
    mode: 0o644,
    mtime: '2024-01-01T00:00:00Z',
    linkTarget: '',
    ...stat,
  })
  return { 'X-Docker-Container-Path-Stat': Buffer.from(json).toString('base64') }
}

function tar(...files: [string, string][]): Buffer {
  const parts = files.map(([name, content]) => {
    const entry = { name, type: '0', mode: 0o644, uid: 0, gid: 0, size: content.length, modified: 1_500_000_000 }
    return Buffer.concat([encodeHeader(entry), Buffer.from(content), Buffer.alloc(padding(content.length))])
  })
  return Buffer.concat([...parts, END])
}

const from = (bytes: Uint8Array, stat: object = {}) => ({
  'GET /containers/web/archive': { bytes, headers: pathStat(stat) },
})

describe('cp out of a container', () => {
  it('puts a file under the name asked for', async () => {
    const cwd = temporaryFolder()
    const engine = await fakeEngine(from(tar(['f', 'hello'])))
    const outcome = await run(['cp', 'web:/etc/f', 'g'], { engine, cwd })
    expect(outcome).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    expect(fs.readFileSync(path.join(cwd, 'g'), 'utf8')).toBe('hello')
    expect(engine.requests[0]?.query).toEqual({ path: '/etc/f' })
  })

  it('gives the archive itself to stdout', async () => {
    const archive = tar(['f', 'hello'])
    const engine = await fakeEngine(from(archive))
    expect((await run(['cp', 'web:/f', '-'], { engine, cwd: '/' })).stdout).toBe(archive.toString())
  })

  it('tells the sizes on request', async () => {
    const cwd = temporaryFolder()
    const engine = await fakeEngine(from(tar(['f', 'hello'])))
    const { stderr } = await run(['cp', '--quiet=false', 'web:/f', '.'], { engine, cwd })
    expect(stderr).toBe(`Successfully copied 5B (transferred 2.05kB) to ${cwd}/.\n`)
  })

  it('shows progress on a terminal and takes it away again', async () => {
    const cwd = temporaryFolder()
    const engine = await fakeEngine(from(tar(['f', 'hello'])))
    const { stderr } = await run(['cp', 'web:/f', '.'], { engine, cwd, terminal: true })
    expect(stderr).toContain('Copying from container - 0B')
    expect(stderr).toContain('\x1b[?25h\x1b[u\x1b8\x1b[2KSuccessfully copied 5B ')
  })

  it('says that the archive was cut short when the container is gone', async () => {
    const cwd = temporaryFolder()
    const archive = tar(['f', 'x'.repeat(100_000)])
    const engine = await fakeEngine({
      'GET /containers/web/archive': {
        handle: async (response) => {
          response.writeHead(200, { 'Content-Type': 'application/x-tar', ...pathStat({}) })
          response.write(archive.subarray(0, 50_000))
          await new Promise((resolve) => setTimeout(resolve, 50))
          response.destroy()
        },
      },
    })
    expect(await run(['cp', 'web:/f', '.'], { engine, cwd })).toEqual({
      stdout: '',
      stderr: 'unexpected EOF\n',
      exitCode: 1,
    })
  })

  it('writes nothing outside the target, whatever the archive says', async () => {
    const cwd = temporaryFolder()
    fs.mkdirSync(path.join(cwd, 'in'))
    const engine = await fakeEngine(from(tar(['../evil', 'x'])))
    const { stderr, exitCode } = await run(['cp', 'web:/f', 'in'], { engine, cwd })
    expect([stderr, exitCode]).toEqual(['invalid entry name "../evil"\n', 1])
    expect(fs.readdirSync(cwd)).toEqual(['in'])
  })

  it('follows a link in the container only when told to', async () => {
    const cwd = temporaryFolder()
    const engine = await fakeEngine({
      'HEAD /containers/web/archive': { headers: pathStat({ mode: IS_LINK, linkTarget: 'real' }), status: 200 },
      ...from(tar(['real', 'hello'])),
    })
    await run(['cp', '-L', 'web:/d/link', '.'], { engine, cwd })
    expect(engine.requests.at(-1)?.query).toEqual({ path: '/d/real' })
    expect(fs.readdirSync(cwd)).toEqual(['link'])
  })
})

describe('cp into a container', () => {
  const to = (stat?: object) => ({
    'HEAD /containers/web/archive': stat === undefined ? { status: 404 } : { headers: pathStat(stat), status: 200 },
  })

  it('sends a file under the name asked for to the directory around it', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'f'), 'hello')
    fs.utimesSync(path.join(cwd, 'f'), 1_500_000_000, 1_500_000_000)
    const engine = await fakeEngine({ ...to(), 'PUT /containers/web/archive': {} })
    const outcome = await run(['cp', '-a', 'f', 'web:/etc/g'], { engine, cwd })
    expect(outcome).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    const put = engine.requests.at(-1)
    expect(put?.query).toEqual({ path: '/etc', noOverwriteDirNonDir: 'true', copyUIDGID: 'true' })
    const owner = fs.lstatSync(path.join(cwd, 'f'))
    const sent = put?.body.toString('latin1') ?? ''
    expect(sent.slice(0, 2)).toBe('g\0')
    expect(Number.parseInt(sent.slice(108, 115), 8)).toBe(owner.uid)
    expect(sent.slice(512, 517)).toBe('hello')
  })

  it('hands an archive from stdin on as it is', async () => {
    const archive = tar(['f', 'x'.repeat(300_000)])
    const engine = await fakeEngine({ ...to({ mode: IS_DIRECTORY }), 'PUT /containers/web/archive': {} })
    const stdin = archive.toString('latin1')
    expect(await run(['cp', '-', 'web:/tmp'], { engine, stdin })).toMatchObject({ exitCode: 0 })
    expect(engine.requests.at(-1)?.body.equals(archive)).toBe(true)
  })

  it('takes an archive for a directory only', async () => {
    const engine = await fakeEngine(to({ mode: 0o644 }))
    expect(await run(['cp', '-', 'web:/etc/hosts'], { engine })).toMatchObject({
      stderr: 'destination "web:/etc/hosts" must be a directory\n',
      exitCode: 1,
    })
  })

  it('refuses a device', async () => {
    const engine = await fakeEngine(to({ mode: 0x04000000 }))
    expect(await run(['cp', '/etc/hosts', 'web:/dev/null'], { engine, cwd: '/' })).toMatchObject({
      stderr: 'destination "web:/dev/null" must be a directory or a regular file: got a device\n',
      exitCode: 1,
    })
  })

  it("reports the daemon's refusal, and what it read of a source that is not there before asking", async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'f'), 'x'.repeat(2_000_000))
    const engine = await fakeEngine({ ...to(), 'PUT /containers/web/archive': { status: 404, error: 'no such path' } })
    expect(await run(['cp', 'f', 'web:/none/'.slice(0, -1)], { engine, cwd })).toMatchObject({
      stderr: 'Error response from daemon: no such path\n',
      exitCode: 1,
    })
    const none = await run(['cp', 'missing/f', 'web:/tmp'], { engine: await fakeEngine(to()), cwd })
    expect(none.stderr).toBe(`lstat ${cwd}/missing: no such file or directory\n`)
  })

  it('fills up what turns out shorter than it said, says so, and fails', async () => {
    // A file of sysfs says 4096 bytes and has a few.
    const engine = await fakeEngine({ ...to({ mode: IS_DIRECTORY }), 'PUT /containers/web/archive': {} })
    const { stderr, exitCode } = await run(['cp', '/sys/kernel/uevent_seqnum', 'web:/tmp'], { engine })
    expect(stderr).toMatch(/Can't add file \/sys\/kernel\/uevent_seqnum to tar: archive\/tar: missed writing \d+ bytes/)
    expect(exitCode).toBe(1)
    expect(engine.requests.at(-1)?.body).toHaveLength(512 + 4096 + 1024)
  })
})

describe('cp', () => {
  it.each([
    [['cp', 'a', 'b'], 'must specify at least one container source\n'],
    [['cp', 'a:x', 'b:y'], 'copying between containers is not supported\n'],
    [['cp', './a:x', './b:y'], 'must specify at least one container source\n'],
    [['cp', '', 'b:y'], 'source can not be empty\n'],
    [['cp', 'a:x', ''], 'destination can not be empty\n'],
    [['cp', 'a:x', '/nowhere/at/all'], 'invalid output path: directory "/nowhere/at" does not exist\n'],
    [
      ['cp', 'a:x', '/dev/null'],
      'invalid output path: "/dev/null" must be a directory or a regular file: got a device\n',
    ],
  ])('%j', async (argv, stderr) => {
    const engine = await fakeEngine()
    expect(await run(argv, { engine })).toEqual({ stdout: '', stderr, exitCode: 1 })
  })
})
