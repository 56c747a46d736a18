import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const none = { status: 404, error: 'no such thing' }
const nothingCalled = (name: string) => ({
  [`GET /containers/${name}/json`]: none,
  [`GET /images/${name}/json`]: none,
  [`GET /networks/${name}`]: none,
  [`GET /volumes/${name}`]: none,
})

describe('docker inspect', () => {
  it('tries one kind after the other', async () => {
    const engine = await fakeEngine({
      'GET /containers/data/json': none,
      'GET /images/data/json': { status: 400, error: 'invalid reference format' },
      'GET /networks/data': { status: 501, error: 'networks are not supported here' },
      'GET /volumes/data': { json: { Name: 'data' } },
    })
    expect((await run(['inspect', '-s', '-f', '{{.Name}}', 'data'], { engine })).stdout).toBe('data\n')
  })

  it('asks for swarm objects only where there is a swarm, and once for each name', async () => {
    const engine = await fakeEngine({
      ...nothingCalled('x'),
      'GET /info': { json: { Swarm: { ControlAvailable: false } } },
      'GET /plugins/x/json': none,
    })
    expect(await run(['inspect', 'x'], { engine })).toEqual({
      stdout: '[]\n',
      stderr: 'error: no such object: x\n',
      exitCode: 1,
    })
    expect(engine.calls.filter((call) => call === 'GET /info')).toHaveLength(1)
  })

  it('finds swarm objects on a manager', async () => {
    const engine = await fakeEngine({
      ...nothingCalled('web'),
      'GET /info': { json: { Swarm: { ControlAvailable: true } } },
      'GET /services/web': { json: { ID: 'svc', Version: { Index: 4 } } },
    })
    expect((await run(['inspect', '-f', '{{.ID}} {{.Version}}', 'web'], { engine })).stdout).toBe('svc 4\n')
    expect(engine.requests.at(-1)?.query).toEqual({ insertDefaults: '1' })
  })

  it('gives the error of the one kind that is asked for', async () => {
    const engine = await fakeEngine({ 'GET /volumes/x': none })
    expect((await run(['inspect', '--type', 'volume', 'x'], { engine })).stderr).toBe(
      'Error response from daemon: no such thing\n',
    )
  })

  it('says that --size is for containers', async () => {
    const engine = await fakeEngine({ 'GET /volumes/x': { json: { Name: 'x' } } })
    const { stderr } = await run(['inspect', '-s', '--type', 'volume', 'x'], { engine })
    expect(stderr).toBe('WARNING: --size ignored for volume\n')
  })

  it('refuses unknown kinds', async () => {
    expect((await run(['inspect', '--type', 'bogus', 'x'])).stderr).toContain(
      'unknown type: "bogus": must be one of "config",',
    )
    expect((await run(['inspect', '--type', '', 'x'])).stderr).toContain('type is empty: must be one of "config",')
  })
})
