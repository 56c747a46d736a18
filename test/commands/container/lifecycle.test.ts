import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const missing = { status: 404, error: 'No such container: nope' }

describe.each(['stop', 'kill', 'restart', 'pause', 'unpause'])('docker %s', (verb) => {
  it('does all it can and says what failed', async () => {
    const engine = await fakeEngine({
      [`POST /containers/web/${verb}`]: {},
      [`POST /containers/nope/${verb}`]: missing,
      [`POST /containers/db/${verb}`]: {},
    })
    expect(await run([verb, 'web', 'nope', 'db'], { engine })).toEqual({
      stdout: 'web\ndb\n',
      stderr: 'Error response from daemon: No such container: nope\n',
      exitCode: 1,
    })
  })
})

describe.each(['stop', 'restart'])('docker %s', (verb) => {
  it('sends the time only when it is given', async () => {
    const engine = await fakeEngine({ [`POST /containers/web/${verb}`]: {} })
    await run([verb, 'web'], { engine })
    await run([verb, '-t', '0', '-s', 'INT', 'web'], { engine })
    expect(engine.requests.map(({ query }) => query)).toEqual([{}, { t: '0', signal: 'INT' }])
  })

  it('takes the old name of --timeout, with advice, but not both', async () => {
    const engine = await fakeEngine({ [`POST /containers/web/${verb}`]: {} })
    const { stdout } = await run([verb, '--time', '3', 'web'], { engine })
    expect(stdout).toBe('Flag --time has been deprecated, use --timeout instead\nweb\n')
    expect(engine.requests[0]?.query).toEqual({ t: '3' })
    const both = await run([verb, '--time', '3', '--timeout', '4', 'web'], { engine })
    expect(both.stderr).toContain('conflicting options: cannot specify both --timeout and --time')
    expect(both.exitCode).toBe(1)
  })
})

describe('docker rm', () => {
  it('takes slashes off the name but shows it as given', async () => {
    const engine = await fakeEngine({ 'DELETE /containers/web': {} })
    expect(await run(['rm', '-fv', '/web/'], { engine })).toMatchObject({ stdout: '/web/\n', exitCode: 0 })
    expect(engine.requests[0]?.query).toEqual({ force: '1', v: '1' })
  })

  it('refuses an empty name', async () => {
    const engine = await fakeEngine()
    expect(await run(['rm', '//'], { engine })).toMatchObject({
      stderr: 'container name cannot be empty\n',
      exitCode: 1,
    })
  })

  it('says nothing of missing containers with --force', async () => {
    const engine = await fakeEngine({ 'DELETE /containers/nope': missing })
    expect(await run(['rm', '-f', 'nope'], { engine })).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    expect((await run(['rm', 'nope'], { engine })).exitCode).toBe(1)
  })
})

it('docker wait prints the exit codes in order and goes on after a failure', async () => {
  const engine = await fakeEngine({
    'POST /containers/a/wait': { json: { StatusCode: 3 } },
    'POST /containers/nope/wait': missing,
    'POST /containers/b/wait': { json: { StatusCode: 0 } },
  })
  expect(await run(['wait', 'a', 'nope', 'b'], { engine })).toMatchObject({ stdout: '3\n0\n', exitCode: 1 })
})

describe('docker rename', () => {
  it('sends the new name', async () => {
    const engine = await fakeEngine({ 'POST /containers/web/rename': {} })
    expect((await run(['rename', 'web', ' site '], { engine })).exitCode).toBe(0)
    expect(engine.requests[0]?.query).toEqual({ name: 'site' })
  })

  it('says what it tried', async () => {
    const engine = await fakeEngine()
    expect((await run(['rename', 'web', '/'], { engine })).stderr).toBe(
      'failed to rename container: new name cannot be blank\n',
    )
  })
})
