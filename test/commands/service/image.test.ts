import { describe, expect, it } from 'vitest'
import { withImage } from '../../../src/commands/service/_image.ts'
import { type FakeEngine, fakeEngine } from '../../fake-engine.ts'

const digest = `sha256:${'a'.repeat(64)}`
const contextOf = (fake: FakeEngine) => {
  const engine = fake.engine()
  return { engine: () => Promise.resolve(engine), signal: new AbortController().signal }
}
const ofContainer = (image: string, more = {}) => ({
  Name: 's',
  TaskTemplate: { ContainerSpec: { Image: image, User: 'u' }, ...more },
})
const found = (platforms: readonly (readonly [os: string, architecture: string])[] = []) => ({
  json: {
    Descriptor: { mediaType: '', digest, size: 1 },
    Platforms: platforms.map(([os, architecture]) => ({ os, architecture })),
  },
})

describe('the image of a service', () => {
  it.each([
    ['nginx', 'nginx:latest'],
    ['docker.io/library/nginx:1', 'nginx:1'],
    ['reg.example:5000/a/b', 'reg.example:5000/a/b:latest'],
    [`nginx@${digest}`, `nginx@${digest}`],
    ['NOT ONE', 'NOT ONE'],
    ['', ''],
  ])('%j is tagged: %j', async (image, tagged) => {
    const outcome = await withImage(contextOf(await fakeEngine()), ofContainer(image), { resolve: false })
    expect(outcome).toEqual({ spec: ofContainer(tagged), warnings: [] })
  })

  it('is pinned to what its registry has, and to the platforms, each once', async () => {
    const platforms = [
      ['linux', 'amd64'],
      ['linux', 'arm'],
      ['linux', 'ARM'],
      ['unknown', 'unknown'],
      ['windows', 'amd64'],
      ['linux', 'amd64'],
    ] as const
    const engine = await fakeEngine({ 'GET /distribution/nginx:latest/json': found(platforms) })
    const spec = ofContainer('nginx', { Placement: { MaxReplicas: 2 } })
    const outcome = await withImage(contextOf(engine), spec, { resolve: true, registryAuth: 'secret' })
    expect(outcome.spec.TaskTemplate).toEqual({
      ContainerSpec: { Image: `nginx:latest@${digest}`, User: 'u' },
      Placement: {
        MaxReplicas: 2,
        Platforms: [
          { Architecture: 'amd64', OS: 'linux' },
          { Architecture: '', OS: 'linux' },
          { Architecture: 'amd64', OS: 'windows' },
        ],
      },
    })
    expect(engine.requests[0]?.headers['x-registry-auth']).toBe('secret')
  })

  it('keeps the digest it has, and its placement where no platform is told', async () => {
    const pinned = `nginx:1@sha256:${'b'.repeat(64)}`
    const engine = await fakeEngine({ [`GET /distribution/${pinned}/json`]: found([['unknown', 'unknown']]) })
    const outcome = await withImage(contextOf(engine), ofContainer(pinned), { resolve: true })
    expect(outcome).toEqual({ spec: ofContainer(pinned), warnings: [] })
  })

  it('may be a plugin’s', async () => {
    const engine = await fakeEngine({ 'GET /distribution/vieux/sshfs:latest/json': found() })
    const spec = { TaskTemplate: { PluginSpec: { name: 'p', remote: 'vieux/sshfs' } } }
    const outcome = await withImage(contextOf(engine), spec, { resolve: true })
    expect(outcome.spec.TaskTemplate?.PluginSpec).toEqual({ name: 'p', remote: `vieux/sshfs:latest@${digest}` })
  })

  it('is left to each node, with a warning, where the registry does not answer', async () => {
    const engine = await fakeEngine({ 'GET /distribution/nginx:1/json': { error: 'no' } })
    const outcome = await withImage(contextOf(engine), ofContainer('nginx:1'), { resolve: true })
    expect(outcome.spec).toEqual(ofContainer('nginx:1'))
    expect(outcome.warnings).toEqual([
      'image nginx:1 could not be accessed on a registry to record\nits digest. Each node will access nginx:1 independently,\n' +
        'possibly leading to different nodes running different\nversions of the image.\n',
    ])
  })

  it('is not looked for any more once the command is to end', async () => {
    const end = new AbortController()
    const engine = await fakeEngine({
      'GET /distribution/nginx:1/json': () => {
        end.abort(new Error('interrupted'))
        return { error: 'too late' }
      },
    })
    const looked = withImage({ ...contextOf(engine), signal: end.signal }, ofContainer('nginx:1'), { resolve: true })
    await expect(looked).rejects.toThrow('interrupted')
  })
})
