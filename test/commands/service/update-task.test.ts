import { describe, expect, it } from 'vitest'
import { container, each, refusal, running, task, updated } from './updating.ts'

describe('the tasks of docker service update', () => {
  const limits = { NanoCPUs: 1e9, MemoryBytes: 104857600, Pids: 100 }
  const reserved = { NanoCPUs: 1e9, MemoryBytes: 104857600 }

  it.each([
    [undefined, ['--limit-cpu', '2', '--limit-memory', '200M'], { NanoCPUs: 2e9, MemoryBytes: 209715200 }, {}],
    [undefined, ['--reserve-cpu', '2', '--reserve-memory', '200M'], {}, { NanoCPUs: 2e9, MemoryBytes: 209715200 }],
    [{ Limits: limits, Reservations: reserved }, [], limits, reserved],
    [{ Limits: limits, Reservations: reserved }, ['--limit-cpu', '2'], { ...limits, NanoCPUs: 2e9 }, reserved],
    [{ Limits: limits, Reservations: reserved }, ['--reserve-memory', '0'], limits, { NanoCPUs: 1e9 }],
    [{ Limits: limits, Reservations: reserved }, ['--limit-pids', '0'], reserved, reserved],
  ])('resources %j with %j', async (Resources, flags, Limits, Reservations) => {
    const after = await task(Resources ? { Resources } : {}, flags)
    expect(after.Resources).toEqual({ Limits, Reservations })
  })

  it('keeps what it may use of swap: the flags change nothing', async () => {
    const Resources = { SwapBytes: 5, MemorySwappiness: 0 }
    expect((await task({ Resources }, ['--memory-swap', '1g', '--memory-swappiness', '9'])).Resources).toEqual(
      Resources,
    )
  })

  it('generic resources: added by kind, removed by kind', async () => {
    const one = (Kind: string, Value: number) => ({ DiscreteResourceSpec: { Kind, Value } })
    const Resources = { Reservations: { GenericResources: [one('gpu', 1), one('fpga', 2)] } }
    const flags = [
      '--generic-resource-add',
      'gpu=3',
      '--generic-resource-add',
      'new=1',
      '--generic-resource-rm',
      'fpga',
    ]
    expect((await task({ Resources }, flags)).Resources).toEqual({
      Reservations: { GenericResources: [one('gpu', 3), one('new', 1)] },
    })
    expect((await task({}, ['--generic-resource-add', 'foo=1'])).Resources).toEqual({
      Reservations: { GenericResources: [one('foo', 1)] },
    })
    const gone = 'could not find generic-resource `foo` to remove it'
    expect(await refusal(running, ['--generic-resource-rm', 'foo'])).toBe(gone)
    const named = { NamedResourceSpec: { Kind: 'gpu', Value: 'a' } }
    const spec = { TaskTemplate: { ContainerSpec: {}, Resources: { Reservations: { GenericResources: [named] } } } }
    expect(await refusal(spec, ['--generic-resource-rm', 'gpu'])).toBe(
      'invalid generic-resource `gpu=a` for service task',
    )
  })

  it('restarts: changes what was there, and else the defaults of a swarm', async () => {
    expect((await task({ RestartPolicy: { Condition: 'none' } }, ['--restart-delay', '1s'])).RestartPolicy).toEqual({
      Condition: 'none',
      Delay: 1e9,
    })
    expect((await task({}, ['--restart-max-attempts', '2'])).RestartPolicy).toEqual({
      Condition: 'any',
      Delay: 5e9,
      MaxAttempts: 2,
    })
  })

  it('constraints: removing wins, sorted', async () => {
    const Placement = { Constraints: ['node!=gone', 'container=kept'], MaxReplicas: 3 }
    const flags = [
      '--constraint-add',
      'node=new',
      '--constraint-add',
      'x',
      '--constraint-rm',
      'node!=gone',
      '--constraint-rm',
      'x',
    ]
    expect((await task({ Placement }, flags)).Placement).toEqual({
      Constraints: ['container=kept', 'node=new'],
      MaxReplicas: 3,
    })
  })

  it('placement preferences: those added come last, removed or not', async () => {
    const spread = (SpreadDescriptor: string) => ({ Spread: { SpreadDescriptor } })
    const flags = [
      '--placement-pref-add',
      'spread=dc',
      '--placement-pref-rm',
      'spread=rack',
      '--placement-pref-rm',
      'spread=dc',
    ]
    const after = await task({ Placement: { Preferences: [spread('rack'), spread('row')] } }, flags)
    expect(after.Placement?.Preferences).toEqual([spread('row'), spread('dc')])
  })

  it('changes how many there are', async () => {
    const { spec } = await updated({ ...running, Mode: { Replicated: { Replicas: 1 } } }, ['--replicas', '0'])
    expect(spec.Mode).toEqual({ Replicated: { Replicas: 0 } })
    expect((await task({}, ['--replicas-max-per-node', '2'])).Placement).toEqual({ MaxReplicas: 2 })
    const message = 'replicas can only be used with replicated mode'
    expect(await refusal({ ...running, Mode: { Global: {} } }, ['--replicas', '3'])).toBe(message)
    expect(await refusal({ ...running, Mode: { ReplicatedJob: {} } }, ['--replicas', '3'])).toBe(message)
  })

  it('log driver: all of its options are those given, and none without a driver', async () => {
    const LogDriver = { Name: 'old', Options: { a: 'b' } }
    expect((await task({ LogDriver }, ['--log-driver', 'new', '--log-opt', 'c=d'])).LogDriver).toEqual({
      Name: 'new',
      Options: { c: 'd' },
    })
    expect((await task({ LogDriver }, ['--log-opt', 'c=d'])).LogDriver).toEqual(LogDriver)
    expect((await task({ LogDriver }, ['--log-driver', ''])).LogDriver).toEqual(LogDriver)
  })

  it('updates and rollbacks: changes what was there, and else the defaults of a swarm', async () => {
    const before = { ...running, UpdateConfig: { Parallelism: 9, Delay: 1, MaxFailureRatio: 0.1, Order: 'x' } }
    const { spec } = await updated(before, ['--update-delay', '3s', '--rollback-max-failure-ratio', '.2'])
    expect(spec.UpdateConfig).toEqual({ Parallelism: 9, Delay: 3e9, MaxFailureRatio: 0.1, Order: 'x' })
    expect(spec.RollbackConfig).toEqual({
      Parallelism: 1,
      Monitor: 5e9,
      FailureAction: 'pause',
      MaxFailureRatio: 0.2,
      Order: 'stop-first',
    })
  })
})

describe('the ports of docker service update', () => {
  const port = (PublishedPort: number, TargetPort: number, Protocol = 'tcp', PublishMode = 'ingress') => ({
    Protocol,
    TargetPort,
    PublishedPort,
    PublishMode,
  })
  it.each([
    [
      [{ TargetPort: 333, Protocol: 'udp' }, { TargetPort: 555 }],
      ['1000:1000'],
      ['333/udp'],
      [{ TargetPort: 555 }, port(1000, 1000)],
    ],
    [[port(80, 80)], ['80:80'], [], [port(80, 80)]],
    [[port(8080, 80)], ['8081:81', '8082:82'], ['80', '81/tcp', '82/udp'], [port(8081, 81), port(8082, 82)]],
    [[port(80, 80), port(80, 80)], ['443:443'], [], [port(443, 443), port(80, 80)]],
    [[port(80, 80, 'tcp', 'host'), port(81, 80)], [], ['80'], [port(80, 80, 'tcp', 'host')]],
    [[port(80, 80, 'tcp', 'host'), port(81, 80)], [], ['target=80,mode=host'], [port(81, 80)]],
    [[{ TargetPort: 80 }], [], ['80'], undefined],
    // What is removed is not there again for being added as it was.
    [[port(80, 80)], ['80:80'], ['80'], undefined],
  ])('%j, %j added, %j removed', async (Ports, add, remove, expected) => {
    const flags = [...each('--publish-add', add), ...each('--publish-rm', remove)]
    const { spec } = await updated({ ...running, EndpointSpec: { Mode: 'vip', Ports } }, flags)
    expect(spec.EndpointSpec).toEqual({ Mode: 'vip', ...(expected && { Ports: expected }) })
  })

  it('come with an endpoint where there was none', async () => {
    expect((await updated(running, ['-d', '--publish-add', '1:2'])).spec.EndpointSpec).toEqual({ Ports: [port(1, 2)] })
    expect((await updated(running, ['--endpoint-mode', 'DNSRR'])).spec.EndpointSpec).toEqual({ Mode: 'DNSRR' })
  })
})

describe('the networks of docker service update', () => {
  const ids = { aaa: 'id555', mmm: 'id999', zzz: 'id111', id555: 'id555', id999: 'id999' }
  const stubs = Object.fromEntries(
    Object.entries(ids).map(([name, Id]) => [`GET /networks/${name}`, { json: { Id, Name: name } }]),
  )
  const only = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [`GET /networks/${name}`, stubs[`GET /networks/${name}`]!]))

  it('are added and removed by name or ID, and sorted by ID', async () => {
    const Networks = [{ Target: 'id999', Aliases: ['x'] }]
    expect((await task({ Networks }, ['--network-add', 'name=aaa,alias=y'], only('aaa'))).Networks).toEqual([
      { Target: 'id555', Aliases: ['y'] },
      { Target: 'id999', Aliases: ['x'] },
    ])
    const flags = ['--network-add', 'mmm', '--network-rm', 'id555', '--network-rm', 'id555']
    expect((await task({ Networks: [{ Target: 'id555' }] }, flags, only('mmm', 'id555'))).Networks).toEqual([
      { Target: 'id999' },
    ])
  })

  it('are not there twice', async () => {
    const spec = { TaskTemplate: { ContainerSpec: {}, Networks: [{ Target: 'id555' }] } }
    expect(await refusal(spec, ['--network-add', 'aaa'], only('aaa'))).toBe(
      'service is already attached to network aaa',
    )
    expect(await refusal(running, each('--network-add', ['aaa', 'id555']), only('aaa', 'id555'))).toBe(
      'service is already attached to network id555',
    )
    const gone = { 'GET /networks/gone': { status: 404, error: 'network gone not found' } }
    expect(await refusal(running, ['--network-rm', 'gone'], gone)).toBe(
      'Error response from daemon: network gone not found',
    )
  })
})

describe('the secrets and configs of docker service update', () => {
  const file = (Name: string) => ({ Name, UID: '0', GID: '0', Mode: 0o444 })
  const config = (name: string) => ({ ConfigID: `${name}ID`, ConfigName: name, File: file(name) })
  const runtime = (name: string) => ({ ConfigID: `${name}ID`, ConfigName: name, Runtime: {} })
  const [foo, bar, baz, cred, newCred] = [
    config('foo'),
    config('bar'),
    config('baz'),
    runtime('cred'),
    runtime('newCred'),
  ]

  /** docker/cli service/update_test.go TestUpdateGetUpdatedConfigs: configs and credential spec before, flags, names asked for, configs after. */
  it.each([
    [[foo], undefined, ['--force'], [], [foo]],
    [[foo], undefined, ['--config-add', 'bar'], ['bar'], [foo, bar]],
    [[foo, bar], undefined, ['--config-rm', 'bar'], [], [foo]],
    [[cred], { Config: 'credID' }, [], [], [cred]],
    [[foo], undefined, ['--credential-spec', 'config://cred'], ['cred'], [foo, cred]],
    [[foo, cred], { Config: 'credID' }, ['--credential-spec', 'config://newCred'], ['newCred'], [foo, newCred]],
    [[foo, cred], { Config: 'credID' }, ['--credential-spec', 'file://someFile'], [], [foo]],
    [[foo], { File: 'someFile' }, ['--credential-spec', 'config://cred'], ['cred'], [foo, cred]],
    [[foo, cred], { Config: 'credID' }, ['--credential-spec', ''], [], [foo]],
    [
      [foo, baz, cred],
      { Config: 'credID' },
      ['--config-add', 'bar', '--config-rm', 'baz', '--credential-spec', 'config://newCred'],
      ['bar', 'newCred'],
      [foo, bar, newCred],
    ],
  ])('configs %j, credential spec %j, %j', async (Configs, CredentialSpec, flags, names, after) => {
    const listed = names.map((Name) => ({ ID: `${Name}ID`, Spec: { Name } }))
    const stubs = names.length === 0 ? {} : { 'GET /configs': { json: listed } }
    const Privileges = CredentialSpec && { CredentialSpec }
    const before = { TaskTemplate: { ContainerSpec: { Configs, ...(Privileges && { Privileges }) } } }
    const { spec, requests } = await updated(before, flags, stubs)
    expect(spec.TaskTemplate?.ContainerSpec?.Configs).toEqual(after)
    const asked = requests.find(({ path }) => path === '/configs')?.query['filters']
    expect(asked).toBe(
      names.length === 0 ? undefined : JSON.stringify({ name: Object.fromEntries(names.map((name) => [name, true])) }),
    )
  })

  it.each([
    ['file://somefile', null, { Config: '', File: 'somefile', Registry: '' }],
    [
      'registry://key',
      { CredentialSpec: { File: 'x' }, NoNewPrivileges: true },
      { Config: '', File: '', Registry: 'key' },
    ],
    ['', { CredentialSpec: { File: 'x' }, NoNewPrivileges: false }, null],
  ])('the credential spec %j in the place of %j', async (text, Privileges, after) => {
    const sent = await container(Privileges ? { Privileges } : {}, ['--credential-spec', text])
    expect(sent.Privileges?.CredentialSpec).toEqual(after)
    expect(sent.Privileges?.NoNewPrivileges ?? false).toBe(Privileges?.NoNewPrivileges ?? false)
  })

  it('no credential spec is taken away', async () => {
    expect((await container({}, ['--credential-spec', ''])).Privileges).toBeUndefined()
  })

  it('a secret gets another target', async () => {
    const Secrets = [{ SecretID: 'tn9', SecretName: 'foo', File: file('foo') }]
    const stubs = { 'GET /secrets': { json: [{ ID: 'tn9', Spec: { Name: 'foo' } }] } }
    const flags = ['--secret-add', 'source=foo,target=foo2', '--secret-rm', 'foo', '--secret-rm', 'nope']
    expect((await container({ Secrets }, flags, stubs)).Secrets).toEqual([{ ...Secrets[0], File: file('foo2') }])
  })
})
