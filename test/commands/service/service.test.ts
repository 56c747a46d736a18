import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const service = {
  ID: 's1',
  Spec: {
    Name: 'web',
    Labels: { tier: 'front' },
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: { Parallelism: 1, Delay: 2e9, FailureAction: 'pause', MaxFailureRatio: 0.5, Order: 'stop-first' },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'nginx:1',
        Args: ['a', 'b'],
        Init: false,
        Mounts: [{ Target: '/d', Source: 'v', Type: 'volume' }],
      },
      Placement: { Constraints: ['node.role==worker'], MaxReplicas: 2 },
      Resources: { Limits: { NanoCPUs: 5e8, MemoryBytes: 104857600, Pids: 9 } },
      Networks: [{ Target: 'n1' }],
    },
    EndpointSpec: { Mode: 'vip' },
  },
  Endpoint: { Ports: [{ PublishedPort: 8080, Protocol: 'tcp', TargetPort: 80, PublishMode: 'ingress' }] },
}

describe('docker service', () => {
  it('describes a service for people', async () => {
    const engine = await fakeEngine({
      'GET /services/web': { json: service },
      'GET /networks/n1': { json: { Id: 'n1', Name: 'net' } },
    })
    const { stdout } = await run(['service', 'inspect', '--pretty', 'web'], { engine })
    expect(stdout).toBe(
      [
        '\nID:\t\ts1\nName:\t\tweb\nLabels:\n tier=front\nService Mode:\tReplicated\n Replicas:\t3',
        'Placement:\n Constraints:\t[node.role==worker]\n Max Replicas Per Node:   2',
        'UpdateConfig:\n Parallelism:\t1\n Delay:\t\t2s\n On failure:\tpause\n Max failure ratio: 0.5\n Update order:      stop-first',
        'ContainerSpec:\n Image:\t\tnginx:1\n Args:\t\ta b \n Init:\t\tfalse',
        'Mounts:\n Target:\t/d\n  Source:\tv\n  ReadOnly:\tfalse\n  Type:\t\tvolume',
        'Resources:\n Limits:\n  CPU:\t\t0.5\n  Memory:\t100MiB\n  PIDs:\t\t9',
        'Networks: n1 \nEndpoint Mode:\tvip',
        'Ports:\n PublishedPort = 8080\n  Protocol = tcp\n  TargetPort = 80\n  PublishMode = ingress \n\n',
      ].join('\n'),
    )
  })

  it('writes small shares and times as Go does', async () => {
    const config = { Parallelism: 1, Delay: -1, MaxFailureRatio: 0.000012345678901 }
    const spec = {
      ...service.Spec,
      UpdateConfig: config,
      RollbackConfig: { ...config, Delay: 1, MaxFailureRatio: 0.1 },
      TaskTemplate: { ContainerSpec: {}, Resources: { Limits: { NanoCPUs: 10_000 } } },
    }
    const UpdateStatus = { State: 'updating', StartedAt: '2024-05-06T07:08:09.9Z' }
    const engine = await fakeEngine({ 'GET /services/web': { json: { ...service, Spec: spec, UpdateStatus } } })
    const now = new Date('2024-05-06T07:08:19.1Z')
    const { stdout } = await run(['service', 'inspect', '--pretty', 'web'], { engine, now })
    expect(stdout).toContain('UpdateConfig:\n Parallelism:\t1\n On failure:\t\n Max failure ratio: 1.2345679e-05\n')
    expect(stdout).toContain(
      'RollbackConfig:\n Parallelism:\t1\n Delay:\t\t1ns\n On failure:\t\n Max failure ratio: 0.1\n',
    )
    expect(stdout).toContain('  CPU:\t\t1e-05\n')
    expect(stdout).toContain(' Started:\t9 seconds ago\n')
  })

  it('lists services, neighbouring ports joined', async () => {
    const port = (PublishedPort: number, TargetPort: number) => ({
      Protocol: 'tcp',
      PublishedPort,
      TargetPort,
      PublishMode: 'ingress',
    })
    const listed = {
      ...service,
      Endpoint: { Ports: [port(8081, 81), port(8080, 80), port(9000, 80)] },
      ServiceStatus: { RunningTasks: 1, DesiredTasks: 3 },
    }
    const engine = await fakeEngine({ 'GET /services': { json: [listed] } })
    expect((await run(['service', 'ls'], { engine })).stdout).toBe(
      [
        'ID        NAME      MODE         REPLICAS               IMAGE     PORTS',
        's1        web       replicated   1/3 (max 2 per node)   nginx:1   *:8080-8081->80-81/tcp, *:9000->80/tcp\n',
      ].join('\n'),
    )
    expect(engine.requests[0]?.query).toEqual({ status: 'true' })
  })

  it('refuses a template beside --pretty, and names what is not there', async () => {
    const engine = await fakeEngine({ 'GET /services/gone': { status: 404, error: 'service gone not found' } })
    expect((await run(['service', 'inspect', 'gone'], { engine })).stderr).toBe('no such service: gone\n')
    expect((await run(['service', 'inspect', '--pretty', '-f', 'x', 'web'], { engine })).stderr).toBe(
      '--format is incompatible with human friendly format\n',
    )
  })

  it('removes services, and the rest when one is missing', async () => {
    const engine = await fakeEngine({
      'DELETE /services/gone': { status: 404, error: 'service gone not found' },
      'DELETE /services/web': { status: 200 },
    })
    expect(await run(['service', 'rm', 'gone', 'web'], { engine })).toEqual({
      stdout: 'web\n',
      stderr: 'Error response from daemon: service gone not found\n',
      exitCode: 1,
    })
  })
})
