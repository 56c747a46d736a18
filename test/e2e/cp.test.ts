import { execFileSync, type ExecFileSyncOptionsWithBufferEncoding } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { call } from '../engines/testbed.ts'
import { describeTree, growTree } from '../random-tree.ts'

onEngines('cp', (engine) => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'docket-cp-'))
  let id = ''

  beforeEach(async () => {
    const create = { Image: 'busybox', Cmd: ['sh', '-c', 'while :; do sleep 1; done'], StopSignal: 'KILL' }
    const { body } = await call(engine, 'POST', '/v1.41/containers/create', JSON.stringify(create))
    id = (JSON.parse(body) as { Id: string }).Id
    await call(engine, 'POST', `/v1.41/containers/${id}/start`)
  })

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

  const cp = async (...args: string[]): Promise<void> => {
    const outcome = await engine.docket(['cp', ...args], { limit: 60_000 })
    expect(outcome).toMatchObject({ stderr: '', code: 0 })
  }

  // Ten trees go at once, since it is the trees that are tested and not two hundred starts of a program.
  test.each(Array.from({ length: 20 }, (_, batch) => batch))(
    'random trees come out as they went in: batch %i',
    async (batch) => {
      const before = join(folder, `in-${batch}`)
      fs.mkdirSync(before)
      for (let tree = 0; tree < 10; tree++)
        growTree(join(before, `tree-${tree}`), batch * 10 + tree, { pipes: engine.kind === 'docker' })
      await cp('-a', before, `${id}:/`)
      await cp(`${id}:/in-${batch}`, join(folder, `out-${batch}`))
      expect(describeTree(join(folder, `out-${batch}`))).toEqual(describeTree(before))
      fs.rmSync(before, { recursive: true })
      fs.rmSync(join(folder, `out-${batch}`), { recursive: true })
    },
  )

  test('an archive from stdin and one to stdout are the same tree', async () => {
    const before = join(folder, 'piped')
    growTree(before, 4711, { pipes: engine.kind === 'docker' })
    const archive = execFileSync('tar', ['-C', folder, '-cf', '-', 'piped'], quiet)
    expect(await engine.docket(['cp', '-', `${id}:/tmp`], { input: archive })).toMatchObject({ stderr: '', code: 0 })
    const { bytes } = await engine.docket(['cp', `${id}:/tmp/piped`, '-'])
    const after = join(folder, 'unpiped')
    fs.mkdirSync(after)
    execFileSync('tar', ['-C', after, '-xpf', '-'], { ...quiet, input: bytes })
    expect(describeTree(join(after, 'piped'))).toEqual(describeTree(before))
  })

  test('a container that dies while it is copied from is told of, and not waited for', async () => {
    const create = { Image: 'busybox', Cmd: ['sh', '-c', 'dd if=/dev/zero of=/big bs=1M count=200; sleep 1000'] }
    const { body } = await call(engine, 'POST', '/v1.41/containers/create', JSON.stringify(create))
    const doomed = (JSON.parse(body) as { Id: string }).Id
    await call(engine, 'POST', `/v1.41/containers/${doomed}/start`)
    await expect
      .poll(async () => (await engine.docket(['exec', doomed, 'stat', '-c', '%s', '/big'])).stdout, { timeout: 30_000 })
      .toBe(`${200 * 1024 * 1024}\n`)
    const copying = engine.start(['cp', `${doomed}:/big`, join(folder, 'big')])
    const ended = new Promise<number | null>((resolve) => copying.on('close', resolve))
    await call(engine, 'DELETE', `/v1.41/containers/${doomed}?force=1`)
    // Either all of it was on its way already, or the cut is an error; there is no third.
    const code = await ended
    if (code === 0) expect(fs.statSync(join(folder, 'big')).size).toBe(200 * 1024 * 1024)
    else expect(code).toBe(1)
  })

  test('the rules for trailing slashes and dots hold', async () => {
    const here = join(folder, 'rules')
    fs.mkdirSync(join(here, 'd/sub'), { recursive: true })
    fs.writeFileSync(join(here, 'd/f'), 'f')
    const inside = async (path: string): Promise<string> =>
      (await engine.docket(['exec', id, 'find', path, '-type', 'f'])).stdout
    await cp(join(here, 'd'), `${id}:/tmp/new`)
    expect(await inside('/tmp/new')).toBe('/tmp/new/f\n')
    await cp(join(here, 'd'), `${id}:/tmp/new`)
    expect((await inside('/tmp/new')).split('\n').toSorted().join(' ')).toBe(' /tmp/new/d/f /tmp/new/f')
    await cp(`${join(here, 'd')}/.`, `${id}:/tmp/dot`)
    expect(await inside('/tmp/dot')).toBe('/tmp/dot/f\n')
    const missing = await engine.docket(['cp', join(here, 'd/f'), `${id}:/tmp/none/`])
    expect(missing).toMatchObject({ code: 1, stderr: 'no such directory\n' })
    await cp(`${id}:/tmp/dot/f`, join(here, 'renamed'))
    expect(fs.readFileSync(join(here, 'renamed'), 'utf8')).toBe('f')
  })
})

/** GNU tar warns of times to come. */
const quiet: ExecFileSyncOptionsWithBufferEncoding = { stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1e9 }
