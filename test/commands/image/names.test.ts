import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

describe('docker tag', () => {
  it('sends the new name in full', async () => {
    const engine = await fakeEngine({ 'POST /images/a:1/tag': { status: 201 } })
    expect((await run(['tag', 'a:1', 'me/b'], { engine })).exitCode).toBe(0)
    expect(engine.requests[0]?.query).toEqual({ repo: 'docker.io/me/b', tag: 'latest' })
  })

  it.each([
    ['A', 'b', 'error parsing reference: "A" is not a valid repository/tag: invalid reference format'],
    ['a', 'b:', 'error parsing reference: "b:" is not a valid repository/tag: invalid reference format'],
    ['a', `b@sha256:${'a'.repeat(64)}`, 'refusing to create a tag with a digest reference'],
  ])('refuses to tag %s as %s', async (source, target, message) => {
    const { stderr, exitCode } = await run(['tag', source, target], { engine: await fakeEngine() })
    expect(exitCode).toBe(1)
    expect(stderr).toContain(message)
  })
})

describe('docker rmi', () => {
  const gone = { json: [{ Untagged: 'a:1' }, { Deleted: 'sha256:1' }] }
  const missing = { status: 404, error: 'No such image: no:1' }

  it('says what was untagged and deleted', async () => {
    const engine = await fakeEngine({ 'DELETE /images/a:1': gone })
    expect((await run(['rmi', 'a:1'], { engine })).stdout).toBe('Untagged: a:1\nDeleted: sha256:1\n')
    await run(['image', 'rm', '-f', '--no-prune', 'a:1'], { engine })
    expect(engine.requests.map(({ query }) => query)).toEqual([{}, { force: '1', noprune: '1' }])
  })

  it('removes the others beside one that is not there', async () => {
    const engine = await fakeEngine({ 'DELETE /images/no:1': missing, 'DELETE /images/a:1': gone })
    expect(await run(['rmi', 'no:1', 'a:1', 'no:1'], { engine })).toEqual({
      stdout: 'Untagged: a:1\nDeleted: sha256:1\n',
      stderr: 'Error response from daemon: No such image: no:1\n'.repeat(2),
      exitCode: 1,
    })
  })

  it('takes a missing image lightly with -f, another error not', async () => {
    const conflict = { status: 409, error: 'in use' }
    const engine = await fakeEngine({ 'DELETE /images/no:1': missing, 'DELETE /images/a:1': conflict })
    const light = await run(['rmi', '-f', 'no:1'], { engine })
    expect([light.exitCode, light.stderr]).toEqual([0, 'Error response from daemon: No such image: no:1\n'])
    expect((await run(['rmi', '-f', 'no:1', 'a:1'], { engine })).exitCode).toBe(1)
  })
})

describe('docker import', () => {
  const made = { lines: [{ status: 'sha256:1' }] }

  it('sends stdin, a file, or leaves a URL to the daemon', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'a.tar'), 'file')
    const engine = await fakeEngine({ 'POST /images/create': made })
    await run(['import', '-', 'me/a:1'], { engine, stdin: 'stdin' })
    await run(['import', '-c', 'CMD x', '-c', 'ENV a=b', '-m', 'why', 'a.tar'], { engine, cwd })
    await run(['import', 'http://x.io/a.tar'], { engine })
    expect(engine.requests.map(({ query, body }) => ({ ...query, body: body.toString() }))).toEqual([
      { fromSrc: '-', repo: 'me/a:1', body: 'stdin' },
      { fromSrc: '-', changes: ['CMD x', 'ENV a=b'], message: 'why', body: 'file' },
      { fromSrc: 'http://x.io/a.tar', body: '' },
    ])
  })

  it('refuses a name that is none', async () => {
    const { stderr, exitCode } = await run(['import', '-', 'Bad Name'], { engine: await fakeEngine() })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('invalid reference format')
  })
})
