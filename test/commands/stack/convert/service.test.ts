import { describe, expect, it } from 'vitest'
import { toServiceSpec } from '../../../../src/commands/stack/_convert/service.ts'
import type { Service } from '../../../../src/compose/types.ts'
import type { ConfigReference } from '../../../../src/engine/types/service.ts'

const none = { networks: {}, volumes: {} }
const spec = (service: Omit<Service, 'name'>, configs: ConfigReference[] = []) =>
  toServiceSpec('foo', none, { name: 'web', ...service }, { secrets: [], configs })
const container = (service: Omit<Service, 'name'>, configs?: ConfigReference[]) =>
  spec(service, configs).TaskTemplate!.ContainerSpec!

describe('a service of a stack as one of the swarm', () => {
  it('has the name and labels of its stack, and the label of its image', () => {
    const { Name, Labels, TaskTemplate } = spec({
      image: 'busybox',
      labels: { a: '1' },
      deploy: { labels: { b: '2' } },
    })
    expect(Name).toBe('foo_web')
    expect(Labels).toEqual({ b: '2', 'com.docker.stack.namespace': 'foo', 'com.docker.stack.image': 'busybox' })
    expect(TaskTemplate!.ContainerSpec).toMatchObject({
      Image: 'busybox',
      Labels: { a: '1', 'com.docker.stack.namespace': 'foo' },
    })
  })

  it('says what the file says of its containers', () => {
    const oneSecond = 1_000_000_000n
    const read = container({
      command: ['c'],
      entrypoint: ['e'],
      hostname: 'h',
      user: 'u',
      working_dir: '/w',
      stop_signal: 'SIGINT',
      stop_grace_period: oneSecond,
      tty: true,
      stdin_open: true,
      read_only: true,
      isolation: 'hyperv',
      init: false,
      sysctls: { a: '1' },
      oom_score_adj: 7,
    })
    expect(read).toMatchObject({
      Command: ['e'],
      Args: ['c'],
      Hostname: 'h',
      User: 'u',
      Dir: '/w',
      StopSignal: 'SIGINT',
      StopGracePeriod: oneSecond,
      TTY: true,
      OpenStdin: true,
      ReadOnly: true,
      Isolation: 'hyperv',
      Init: false,
      Sysctls: { a: '1' },
      OomScoreAdj: 7,
    })
  })

  it('sorts the environment, where a name may have no value', () => {
    expect(container({ environment: { key: 'value', foo: 'bar', keyWithNoValue: null } }).Env).toEqual([
      'foo=bar',
      'key=value',
      'keyWithNoValue',
    ])
  })

  it('turns hosts around and keeps their order', () => {
    const hosts = ['zulu:127.0.0.2', 'alpha:127.0.0.1', 'zulu:ff02::1', 'none']
    expect(container({ extra_hosts: hosts }).Hosts).toEqual(['127.0.0.2 zulu', '127.0.0.1 alpha', 'ff02::1 zulu'])
  })

  it('passes over name servers that are no addresses', () => {
    expect(container({}).DNSConfig).toBeNull()
    expect(container({ dns: ['8.8.8.8', 'x', '2001:DB8::0'] }).DNSConfig).toEqual({
      Nameservers: ['8.8.8.8', '2001:db8::'],
      Search: [],
    })
    expect(container({ dns_search: ['example.com'] }).DNSConfig).toEqual({ Nameservers: [], Search: ['example.com'] })
  })

  it('sorts limits by name; one number is both of them', () => {
    const ulimits = { nproc: { single: 5 }, nofile: { soft: 1, hard: 2 }, core: null }
    expect(container({ ulimits }).Ulimits).toEqual([
      { Name: 'core', Soft: 0, Hard: 0 },
      { Name: 'nofile', Soft: 1, Hard: 2 },
      { Name: 'nproc', Soft: 5, Hard: 5 },
    ])
  })

  it.each([
    [undefined, undefined, [], []],
    [
      ['SYS_NICE', 'CAP_NET_ADMIN'],
      ['CHOWN', 'CAP_NET_ADMIN', 'CAP_FSETID'],
      ['CAP_NET_ADMIN', 'CAP_SYS_NICE'],
      ['CAP_CHOWN', 'CAP_FSETID'],
    ],
    [['ALL', 'CAP_NET_ADMIN'], ['CHOWN'], ['ALL'], ['CAP_CHOWN']],
    [['CHOWN'], ['ALL', 'CAP_FOO'], ['CAP_CHOWN'], ['ALL']],
  ])('adds capabilities %j and drops %j', (add, drop, CapabilityAdd, CapabilityDrop) => {
    const read = container({ ...(add && { cap_add: add }), ...(drop && { cap_drop: drop }) })
    expect(read).toMatchObject({ CapabilityAdd, CapabilityDrop })
  })

  it('names logging, placement and resources only as far as the file does', () => {
    expect(spec({}).TaskTemplate).toMatchObject({
      Resources: {},
      Placement: { Constraints: null, Preferences: [], MaxReplicas: 0 },
    })
    expect(spec({}).TaskTemplate).not.toHaveProperty('LogDriver')
    const placement = {
      constraints: ['node.role==manager'],
      preferences: [{ spread: 'node.labels.az' }],
      max_replicas_per_node: 2,
    }
    expect(
      spec({ logging: { driver: 'syslog', options: { a: 'b' } }, deploy: { placement } }).TaskTemplate,
    ).toMatchObject({
      LogDriver: { Name: 'syslog', Options: { a: 'b' } },
      Placement: {
        Constraints: ['node.role==manager'],
        Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.az' } }],
        MaxReplicas: 2,
      },
    })
  })
})

describe('a credential spec', () => {
  const credentials = (credential_spec: NonNullable<Service['credential_spec']>, configs?: ConfigReference[]) =>
    container({ credential_spec }, configs).Privileges!.CredentialSpec

  it('comes from one place', () => {
    expect(credentials({})).toBeNull()
    expect(credentials({ file: 'f.json' })).toMatchObject({ File: 'f.json' })
    expect(credentials({ registry: 'r' })).toMatchObject({ Registry: 'r' })
  })

  it.each([
    [{ config: 'c', file: 'f' }, '"Config" and "File"'],
    [{ config: 'c', registry: 'r' }, '"Config" and "Registry"'],
    [{ file: 'f', registry: 'r' }, '"File" and "Registry"'],
    [{ config: 'c', file: 'f', registry: 'r' }, '"Config", "File", and "Registry"'],
  ])('is not %j', (from, both) => {
    expect(() => credentials(from)).toThrow(`invalid credential spec: cannot specify both ${both}`)
  })

  it('has the ID of its config, whose name may be the stack’s', () => {
    const configs = [
      { ConfigName: 'foo_name', ConfigID: 'scoped' },
      { ConfigName: 'plain', ConfigID: 'other' },
    ]
    expect(credentials({ config: 'name' }, configs)).toMatchObject({ Config: 'scoped' })
    expect(credentials({ config: 'plain' }, configs)).toMatchObject({ Config: 'other' })
    expect(() => credentials({ config: 'other' }, configs)).toThrow(
      'invalid credential spec: spec specifies config other, but no such config can be found',
    )
  })
})
