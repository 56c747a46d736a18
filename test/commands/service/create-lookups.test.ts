import { describe, expect, it } from 'vitest'
import type { ServiceSpec } from '../../../src/engine/types/service.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'
import { created, refusal } from './creating.ts'

describe('the secrets and configs of docker service create', () => {
  const configs = {
    'GET /configs': {
      json: [
        { ID: 'c1', Spec: { Name: 'nginx' } },
        { ID: 'c2', Spec: { Name: 'cred' } },
      ],
    },
  }
  const file = { Name: 'nginx', UID: '0', GID: '0', Mode: 0o444 }

  it('are referred to by their IDs', async () => {
    const stubs = { ...configs, 'GET /secrets': { json: [{ ID: 's9', Spec: { Name: 'pw' } }] } }
    const flags = ['--secret', 'source=pw,target=a', '--secret', 'source=pw,target=b,mode=0400', '--config', 'nginx']
    const { container, requests } = await created(flags, stubs)
    expect(container.Secrets).toEqual([
      { SecretID: 's9', SecretName: 'pw', File: { ...file, Name: 'a' } },
      { SecretID: 's9', SecretName: 'pw', File: { ...file, Name: 'b', Mode: 0o400 } },
    ])
    expect(container.Configs).toEqual([{ ConfigID: 'c1', ConfigName: 'nginx', File: file }])
    expect(requests.map(({ query }) => query['filters'])).toEqual([
      '{"name":{"pw":true}}',
      '{"name":{"nginx":true}}',
      undefined,
    ])
  })

  it('may be the credential spec, by its ID', async () => {
    const { container } = await created(['--config', 'nginx', '--credential-spec', 'config://cred'], configs)
    expect(container.Configs).toEqual([
      { ConfigID: 'c1', ConfigName: 'nginx', File: file },
      { ConfigID: 'c2', ConfigName: 'cred', Runtime: {} },
    ])
    expect(container.Privileges?.CredentialSpec).toEqual({ Config: 'c2', File: '', Registry: '' })
    const other = await created(['--credential-spec', 'file://x.json'])
    expect(other.container.Privileges?.CredentialSpec).toEqual({ Config: '', File: 'x.json', Registry: '' })
    expect((await created(['--credential-spec', ''])).container.Privileges).toBeUndefined()
  })

  it('must be there, and have a target each', async () => {
    expect(await refusal(['--config', 'gone'], configs)).toBe('config not found: gone')
    expect(await refusal(['--credential-spec', 'config://gone'], configs)).toBe('config not found: gone')
    expect(await refusal(['--secret', 'gone'], { 'GET /secrets': { json: [] } })).toBe('secret not found: gone')
    expect(await refusal(['--secret', 'a', '--secret', 'source=b,target=a'])).toBe(
      'duplicate secret target for b not allowed',
    )
    expect(await refusal(['--config', 'a', '--config', 'source=b,target=a'])).toBe(
      'duplicate config target for b not allowed',
    )
  })
})

describe('the image of docker service create', () => {
  const digest = `sha256:${'ab'.repeat(32)}`
  const descriptor = { mediaType: 'm', digest, size: 1 }
  const create = { 'POST /services/create': { json: { ID: 's1', Warnings: ['mind the gap'] } } }

  it('gets the digest that the registry has, and the task its platforms', async () => {
    const platforms = [
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'unknown', os: 'unknown' },
      { architecture: 'arm', os: 'linux', variant: 'v6' },
      { architecture: 'arm', os: 'linux', variant: 'v7' },
    ]
    const stub = { json: { Descriptor: descriptor, Platforms: platforms } }
    const engine = await fakeEngine({ 'GET /distribution/example.com/a:latest/json': stub, ...create })
    const config = { auths: { 'example.com': { username: 'me', password: 'secret' } } }
    const argv = ['service', 'create', '-d', '--with-registry-auth', '--constraint', 'x', 'example.com/a']
    expect(await run(argv, { engine, config })).toEqual({ stdout: 's1\n', stderr: 'mind the gap\n', exitCode: 0 })
    const sent = engine.requests.map(({ headers }) => headers['x-registry-auth'])
    expect(sent[0]).toBe(sent[1])
    expect(JSON.parse(Buffer.from(String(sent[0]), 'base64url').toString())).toEqual({
      username: 'me',
      password: 'secret',
    })
    const { TaskTemplate: task } = engine.requests[1]!.json as ServiceSpec
    expect(task?.ContainerSpec?.Image).toBe(`example.com/a:latest@${digest}`)
    expect(task?.Placement).toEqual({
      Constraints: ['x'],
      Platforms: [{ Architecture: 'amd64', OS: 'linux' }, { OS: 'linux' }],
    })
  })

  it('keeps a digest of its own, and no tag is made up for it', async () => {
    const image = `nginx@sha256:${'cd'.repeat(32)}`
    const stub = { json: { Descriptor: descriptor, Platforms: null } }
    const engine = await fakeEngine({ [`GET /distribution/${image}/json`]: stub, ...create })
    await run(['service', 'create', '-d', image], { engine })
    expect(engine.requests[1]?.json).toMatchObject({ TaskTemplate: { ContainerSpec: { Image: image }, Placement: {} } })
  })

  it('goes without where the registry does not answer, and says so', async () => {
    const engine = await fakeEngine({ 'GET /distribution/gone:latest/json': { status: 404, error: 'gone' }, ...create })
    const { stdout, stderr } = await run(['service', 'create', '-d', 'gone'], { engine })
    expect(stdout).toBe('s1\n')
    expect(stderr).toMatch(/^image gone:latest could not be accessed on a registry to record\n[^]*\n\nmind the gap\n$/)
    expect(engine.requests[1]?.json).toMatchObject({ TaskTemplate: { ContainerSpec: { Image: 'gone:latest' } } })
  })

  it('needs to be a reference only for its credentials', async () => {
    const engine = await fakeEngine({ 'POST /services/create': { status: 400, error: 'invalid image' } })
    const argv = ['service', 'create', '-d', '--no-resolve-image', 'Bad']
    expect((await run(argv, { engine })).stderr).toBe('Error response from daemon: invalid image\n')
    const withAuth = [...argv.slice(0, -1), '--with-registry-auth', 'Bad']
    expect((await run(withAuth, { engine })).stderr).toBe(
      'invalid reference format: repository name (library/Bad) must be lowercase\n',
    )
  })
})
