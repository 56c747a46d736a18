import { describe, expect, it } from 'vitest'
import type { ServiceSpec } from '../../../src/engine/types/service.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'
import { container, describing, refusal, running, task, updated } from './updating.ts'

describe('docker service update', () => {
  it('sends the specification back as it was, its image tagged', async () => {
    const before: ServiceSpec = {
      Name: 'web',
      TaskTemplate: {
        ContainerSpec: {
          Image: 'nginx',
          Args: ['a'],
          Env: ['B=1', 'A=2'],
          Mounts: [{ Target: '/b' }, { Target: '/a' }],
        },
        Networks: [{ Target: 'n2' }, { Target: 'n1' }],
      },
      Mode: { Global: {} },
      EndpointSpec: { Ports: [{ TargetPort: 9 }, { TargetPort: 8 }] },
    }
    const { spec, requests } = await updated(before, [])
    expect(requests[1]?.query).toEqual({ version: '7', registryAuthFrom: 'spec', rollback: 'none' })
    expect(requests[1]?.headers['x-registry-auth']).toBeUndefined()
    expect(spec).toEqual({
      Name: 'web',
      Labels: null,
      TaskTemplate: {
        ContainerSpec: {
          Image: 'nginx:latest',
          Args: ['a'],
          Env: ['B=1', 'A=2'],
          Mounts: [{ Target: '/a' }, { Target: '/b' }],
        },
        Networks: [{ Target: 'n2' }, { Target: 'n1' }],
        ForceUpdate: 0,
      },
      Mode: { Global: {} },
      EndpointSpec: { Ports: [{ TargetPort: 9 }, { TargetPort: 8 }] },
    })
  })

  it('changes what has one value', async () => {
    const flags = [
      '--image',
      'nginx@sha256:' + 'ab'.repeat(32),
      '--args',
      'the "new args"',
      '--entrypoint',
      '/x',
      '-w',
      '/w',
    ]
    const more = ['-u', '7', '--hostname', 'h', '--init=false', '--isolation', 'process', '--oom-score-adj', '3', '-t']
    const rest = ['--read-only', '--stop-signal', 'INT', '--stop-grace-period', '1m', '--env-add', 'E=1']
    const before = { Args: ['old'], Init: true, TTY: false, Env: ['E=0'] }
    expect(await container(before, [...flags, ...more, ...rest])).toEqual({
      Image: `nginx@sha256:${'ab'.repeat(32)}`,
      Args: ['the', 'new args'],
      Command: ['/x'],
      Dir: '/w',
      User: '7',
      Hostname: 'h',
      Init: false,
      Isolation: 'process',
      OomScoreAdj: 3,
      TTY: true,
      ReadOnly: true,
      StopSignal: 'INT',
      StopGracePeriod: 60e9,
      Env: ['E=1'],
    })
    expect(
      await container({ ReadOnly: true, TTY: true, Args: ['a'] }, ['--read-only=false', '--tty=false', '--args', '']),
    ).toEqual({})
  })

  it('replaces every task when forced', async () => {
    expect((await task({ ForceUpdate: 4 }, ['--force'])).ForceUpdate).toBe(5)
    expect((await task({ ForceUpdate: 4 }, ['--force=false'])).ForceUpdate).toBe(4)
  })

  it('rolls back, and does nothing else then', async () => {
    const { requests } = await updated(running, ['--rollback', '-q'])
    expect(requests[1]?.query).toEqual({ version: '7', registryAuthFrom: 'spec', rollback: 'previous' })
    const message = 'other flags may not be combined with --rollback'
    expect(await refusal(running, ['--rollback', '--image', 'x'])).toBe(message)
    expect(await refusal(running, ['--rollback', '--force=false'])).toBe(message)
    expect((await updated(running, ['--rollback=false', '--force'])).requests[1]?.query['rollback']).toBe('none')
  })

  it("sends the credentials of the image's registry where it is told to", async () => {
    const spec = { TaskTemplate: { ContainerSpec: { Image: 'old.example.com/a:1' } } }
    const config = { auths: { 'new.example.com': { username: 'me', password: 'pw' } } }
    const flags = ['--with-registry-auth', '--image', 'new.example.com/a:2']
    const { requests } = await updated(spec, flags, {}, { config })
    expect(requests[1]?.query).toEqual({ version: '7', rollback: 'none' })
    const sent = Buffer.from(String(requests[1]?.headers['x-registry-auth']), 'base64url').toString()
    expect(JSON.parse(sent)).toMatchObject({ username: 'me', password: 'pw' })
  })

  it('tells what the daemon warns of', async () => {
    const engine = await fakeEngine({
      ...describing(running),
      'POST /services/s1/update': { json: { Warnings: ['w1', 'w2'] } },
    })
    expect(await run(['service', 'update', '-d', 'web'], { engine })).toEqual({
      stdout: 'web\n',
      stderr: 'w1\nw2\n',
      exitCode: 0,
    })
  })

  it('does not update a service that has no containers', async () => {
    expect(await refusal({ TaskTemplate: { PluginSpec: { name: 'p' }, Runtime: 'plugin' } }, ['--force'])).toBe(
      'service web runs no containers: it cannot be updated',
    )
  })
})
