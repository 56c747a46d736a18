import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ServiceSpec } from '../../../src/engine/types/service.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'
import { created, refusal } from './creating.ts'

describe('docker service create', () => {
  it('sends what the reference sends of a bare image', async () => {
    const { requests } = await created([])
    expect(String(requests[0]?.body)).toBe(
      '{"Labels":{},"TaskTemplate":{"ContainerSpec":{"Image":"busybox:latest","Init":false,"DNSConfig":{}},' +
        '"Resources":{"Limits":{},"Reservations":{}},"Placement":{},"ForceUpdate":0},' +
        '"Mode":{"Replicated":{}},"EndpointSpec":{"Mode":"vip"}}',
    )
    expect(requests[0]?.headers['x-registry-auth']).toBeUndefined()
  })

  it('takes what comes after the image for the arguments', async () => {
    const engine = await fakeEngine({ 'POST /services/create': { json: { ID: 's1' } } })
    await run(['service', 'create', '-d', '--no-resolve-image', 'a:1', 'echo', '-e', '--replicas', '3'], { engine })
    const spec = engine.requests[0]?.json as ServiceSpec
    expect(spec.TaskTemplate?.ContainerSpec).toMatchObject({ Image: 'a:1', Args: ['echo', '-e', '--replicas', '3'] })
  })

  it('puts the container together', async () => {
    const flags = ['-w', '/srv', '-u', '7:8', '--group', 'b', '--group', 'a', '--hostname', 'h', '-t', '--read-only']
    const more = [
      '--stop-signal',
      'INT',
      '--stop-grace-period',
      '1m',
      '--entrypoint',
      'sh -c "a b"',
      '--isolation',
      'x',
    ]
    const dns = ['--dns', ' ::ffff:8.8.8.8', '--dns-search', 'x.com.', '--dns-option', 'ndots:1']
    const hosts = ['--host', 'a:1.2.3.4', '--host', 'b=[::1]', '--host', 'c:host-gateway', '--init']
    const { container } = await created([
      ...flags,
      ...more,
      ...dns,
      ...hosts,
      '--container-label',
      'k=v',
      '--sysctl',
      'a.b=1',
    ])
    expect(container).toEqual({
      Image: 'busybox:latest',
      Labels: { k: 'v' },
      Command: ['sh', '-c', 'a b'],
      Hostname: 'h',
      Dir: '/srv',
      User: '7:8',
      Groups: ['b', 'a'],
      Init: true,
      StopSignal: 'INT',
      TTY: true,
      ReadOnly: true,
      StopGracePeriod: 60e9,
      Hosts: ['1.2.3.4 a', '::1 b', 'host-gateway c'],
      DNSConfig: { Nameservers: ['8.8.8.8'], Search: ['x.com'], Options: ['ndots:1'] },
      Isolation: 'x',
      Sysctls: { 'a.b': '1' },
    })
  })

  it('gives an option of the log driver the value that the caller has', async () => {
    const { task } = await created(
      ['--log-driver', 'syslog', '--log-opt', 'a=b', '--log-opt', 'TAG'],
      {},
      { env: { TAG: 't' } },
    )
    expect(task.LogDriver).toEqual({ Name: 'syslog', Options: { a: 'b', TAG: 't' } })
  })

  it.each([
    [
      ['one=1', 'two=2'],
      ['one=1', 'two=2'],
    ],
    [['one=1', 'one=1'], ['one=1']],
    [['one=1', 'one=1', 'one=2'], ['one=2']],
    [
      ['one=1', 'two=2', 'two=2'],
      ['one=1', 'two=2'],
    ],
    [
      ['one=1', 'two=2', 'three=3', 'two=2'],
      ['one=1', 'two=2', 'three=3'],
    ],
    [
      ['one=1', 'two=2', 'one=3'],
      ['two=2', 'one=3'],
    ],
    [
      ['HERE', 'GONE', 'GONE=x', 'GONE'],
      ['HERE=here', 'GONE', 'GONE=x'],
    ],
  ])('keeps the last of a variable: %j', async (variables, env) => {
    const flags = variables.flatMap((variable) => ['-e', variable])
    expect((await created(flags, {}, { env: { HERE: 'here' } })).container.Env).toEqual(env)
  })

  it('reads variables from files, which those of the command line override', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'a.env'), '# comment\nA=file\nHERE\nGONE\n')
    fs.writeFileSync(path.join(cwd, 'b.env'), 'B=file\n')
    const flags = ['--env-file', 'a.env', '--env-file', path.join(cwd, 'b.env'), '-e', 'A=flag']
    const { container } = await created(flags, {}, { cwd, env: { HERE: 'here' } })
    expect(container.Env).toEqual(['HERE=here', 'B=file', 'A=flag'])
    expect(await refusal(['--env-file', '/nowhere/x'])).toBe('open /nowhere/x: no such file or directory')
    expect(await refusal(['--env-file', '/'])).toBe('invalid env file (/): read /: is a directory')
  })

  it.each([
    [['--mode', 'global'], { Global: {} }],
    [['--replicas', '0'], { Replicated: { Replicas: 0 } }],
    [['--mode', 'replicated', '--replicas', '0x10'], { Replicated: { Replicas: 16 } }],
    [['--mode', 'replicated-job'], { ReplicatedJob: {} }],
    [['--mode', 'replicated-job', '--replicas', '3'], { ReplicatedJob: { MaxConcurrent: 3, TotalCompletions: 3 } }],
    [
      ['--mode', 'replicated-job', '--replicas', '3', '--max-concurrent', '2', '--replicas-max-per-node', '1'],
      { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 3 } },
    ],
    [['--mode', 'global-job', '--replicas-max-per-node', '0'], { GlobalJob: {} }],
  ])('%j is the mode', async (flags, mode) => {
    expect((await created(flags)).spec.Mode).toEqual(mode)
  })

  const onlyReplicated = 'can only be used with replicated or replicated-job mode'
  it.each([
    [['--mode', 'x'], 'unknown mode: x, only replicated and global supported'],
    [['--mode', 'global', '--replicas', '1'], `replicas ${onlyReplicated}`],
    [['--mode', 'global', '--replicas-max-per-node', '1'], `replicas-max-per-node ${onlyReplicated}`],
    [['--mode', 'global', '--max-concurrent', '1'], 'max-concurrent can only be used with replicated-job mode'],
    [['--mode', 'global-job', '--replicas', '1'], `replicas ${onlyReplicated}`],
    [['--mode', 'global-job', '--replicas-max-per-node', '1'], `replicas-max-per-node ${onlyReplicated}`],
    [['--mode', 'global-job', '--max-concurrent', '1'], 'max-concurrent can only be used with replicated-job mode'],
    [['--max-concurrent', '1'], 'max-concurrent can only be used with replicated-job mode'],
    [['--mode', 'global-job', '--update-order', 'x'], 'update and rollback configuration is not supported for jobs'],
    [
      ['--mode', 'replicated-job', '--rollback-delay', '1s'],
      'update and rollback configuration is not supported for jobs',
    ],
    [['--no-healthcheck', '--health-interval', '0s'], '--no-healthcheck conflicts with --health-* options'],
    [['--generic-resource', 'fpga=a'], expect.stringContaining('Named Generic Resources is not supported')],
  ])('refuses %j', async (flags, message) => {
    expect(await refusal(flags)).toEqual(message)
  })

  it.each([
    ['--health-interval', '-1s', 'duration cannot be negative'],
    ['--replicas', '-1', 'strconv.ParseUint: parsing "-1": invalid syntax'],
    ['--update-max-failure-ratio', 'x', 'strconv.ParseFloat: parsing "x": invalid syntax'],
    ['--entrypoint', '"a', 'EOF found when expecting closing quote'],
    ['--memory-swap', '-1', "invalid size: '-1'"],
    ['--limit-cpu', 'x', 'failed to parse x as a rational number'],
  ])('refuses the value of %s %s', async (flag, value, reason) => {
    expect(await refusal([`${flag}=${value}`])).toBe(
      `invalid argument "${value.replaceAll('"', '\\"')}" for "${flag}" flag: ${reason}`,
    )
  })

  it('gives updates and rollbacks what is asked, and else the defaults of a swarm', async () => {
    const update = ['--update-parallelism', '23', '--update-delay', '34s', '--update-monitor', '54321ns']
    const more = ['--update-failure-action', 'rollback', '--update-max-failure-ratio', '0.6', '--update-order', 'x']
    const { spec } = await created([...update, ...more, '--rollback-order', 'start-first'])
    const { UpdateConfig: updates, RollbackConfig: rollbacks } = spec
    expect(updates).toEqual({
      Parallelism: 23,
      Delay: 34e9,
      Monitor: 54321,
      FailureAction: 'rollback',
      MaxFailureRatio: 0.6,
      Order: 'x',
    })
    const defaults = { Parallelism: 1, Monitor: 5e9, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'stop-first' }
    expect(rollbacks).toEqual({ ...defaults, Order: 'start-first' })
    expect((await created(['--update-parallelism', '0'])).spec.UpdateConfig).toEqual({ ...defaults, Parallelism: 0 })
  })

  it('gives restarts what is asked, and else the defaults of a swarm', async () => {
    expect((await created(['--restart-window', '1m'])).task.RestartPolicy).toEqual({
      Condition: 'any',
      Delay: 5e9,
      MaxAttempts: 0,
      Window: 60e9,
    })
    const flags = ['--restart-condition', 'none', '--restart-delay', '0s', '--restart-max-attempts', '3']
    expect((await created(flags)).task.RestartPolicy).toEqual({ Condition: 'none', Delay: 0, MaxAttempts: 3 })
  })

  it('limits and reserves', async () => {
    const limits = ['--limit-cpu', '0.5', '--limit-memory', '100m', '--limit-pids', '9']
    const reserved = ['--reserve-cpu', '1/4', '--reserve-memory', '50m', '--generic-resource', 'gpu=2']
    const { task } = await created([...limits, ...reserved, '--memory-swap', '0', '--memory-swappiness', '23'])
    expect(task.Resources).toEqual({
      Limits: { NanoCPUs: 5e8, MemoryBytes: 104857600, Pids: 9 },
      Reservations: {
        NanoCPUs: 25e7,
        MemoryBytes: 52428800,
        GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 2 } }],
      },
      SwapBytes: 0,
      MemorySwappiness: 23,
    })
  })

  it('places tasks', async () => {
    const flags = [
      '--constraint',
      'b',
      '--constraint',
      'a',
      '--placement-pref',
      'spread=z',
      '--placement-pref',
      'spread=y',
    ]
    expect((await created([...flags, '--replicas-max-per-node', '2'])).task.Placement).toEqual({
      Constraints: ['b', 'a'],
      Preferences: [{ Spread: { SpreadDescriptor: 'z' } }, { Spread: { SpreadDescriptor: 'y' } }],
      MaxReplicas: 2,
    })
  })

  it.each([
    [['--no-healthcheck'], { Test: ['NONE'] }],
    [['--health-cmd', ''], undefined],
    [['--health-start-interval', '0s'], {}],
    [
      ['--health-cmd', 'curl', '--health-retries', '2', '--health-timeout', '1s', '--health-start-period', '3s'],
      { Test: ['CMD-SHELL', 'curl'], Retries: 2, Timeout: 1e9, StartPeriod: 3e9 },
    ],
  ])('%j is the health check', async (flags, check) => {
    expect((await created(flags)).container.Healthcheck).toEqual(check)
  })

  it('adds and drops capabilities, ulimits, mounts and ports', async () => {
    const capabilities = [
      '--cap-add',
      'net_admin',
      '--cap-add',
      'CAP_CHOWN',
      '--cap-drop',
      'NET_ADMIN',
      '--cap-drop',
      'ALL',
    ]
    const ulimits = ['--ulimit', 'nproc=5', '--ulimit', 'nofile=1:2', '--ulimit', 'nproc=6', '--oom-score-adj', '-5']
    const mounts = ['--mount', 'type=bind,src=./x,dst=/x,ro', '--mount', 'type=tmpfs,dst=/t,tmpfs-size=1m']
    const ports = ['-p', '8000-8001:80', '-p', 'target=9,mode=host', '--endpoint-mode', 'DNSRR']
    const { container, spec } = await created([...capabilities, ...ulimits, ...mounts, ...ports], {}, { cwd: '/work' })
    expect(container).toMatchObject({
      CapabilityAdd: ['CAP_CHOWN', 'CAP_NET_ADMIN'],
      CapabilityDrop: ['ALL'],
      Ulimits: [
        { Name: 'nofile', Soft: 1, Hard: 2 },
        { Name: 'nproc', Soft: 6, Hard: 6 },
      ],
      OomScoreAdj: -5,
      Mounts: [
        { Type: 'bind', Source: '/work/x', Target: '/x', ReadOnly: true },
        { Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1048576 } },
      ],
    })
    expect(spec.EndpointSpec).toEqual({
      Mode: 'dnsrr',
      Ports: [
        { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8000, PublishMode: 'ingress' },
        { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8001, PublishMode: 'ingress' },
        { Protocol: 'tcp', TargetPort: 9, PublishMode: 'host' },
      ],
    })
  })

  it('attaches networks by their IDs, in the order of those', async () => {
    const network = (Id: string) => ({ json: { Id, Name: Id } })
    const stubs = { 'GET /networks/zzz': network('id111'), 'GET /networks/aaa': network('id555') }
    const { task, requests } = await created(
      ['--network', 'name=aaa,alias=A,driver-opt=k=v', '--network', 'zzz'],
      stubs,
    )
    expect(task.Networks).toEqual([{ Target: 'id111' }, { Target: 'id555', Aliases: ['a'], DriverOpts: { k: 'v' } }])
    expect(requests.slice(0, 2).map(({ path: at, query }) => [at, query])).toEqual([
      ['/networks/aaa', { scope: 'swarm' }],
      ['/networks/zzz', { scope: 'swarm' }],
    ])
  })
})
