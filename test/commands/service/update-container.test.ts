import { describe, expect, it } from 'vitest'
import { container, each, refusal, running, updated } from './updating.ts'

describe('the lists of docker service update', () => {
  const labels = ['add-beats-remove=value', 'to-add=value', 'to-update=new-value', 'to-replace=new-value']
  const gone = ['add-beats-remove', 'to-remove', 'to-replace', 'no-such-label']
  const before = { 'to-keep': 'value', 'to-remove': 'value', 'to-replace': 'value', 'to-update': 'value' }
  const after = {
    'add-beats-remove': 'value',
    'to-add': 'value',
    'to-keep': 'value',
    'to-replace': 'new-value',
    'to-update': 'new-value',
  }

  it('labels: adding wins', async () => {
    const { spec } = await updated({ ...running, Labels: before }, [
      ...each('--label-add', labels),
      ...each('--label-rm', gone),
    ])
    expect(spec.Labels).toEqual(after)
    expect((await updated(running, ['--label-rm', 'x'])).spec.Labels).toBeNull()
    expect((await updated({ ...running, Labels: { x: '' } }, ['--label-rm', 'x'])).spec.Labels).toEqual({})
  })

  it('container labels: adding wins', async () => {
    const flags = [...each('--container-label-add', labels), ...each('--container-label-rm', gone)]
    expect((await container({ Labels: before }, flags)).Labels).toEqual(after)
    expect((await container({}, ['--container-label-add', 'a'])).Labels).toEqual({ a: '' })
  })

  it.each([
    [undefined, ['z=9', 'a=1'], [], { z: '9', a: '1' }],
    [{ one: '1' }, ['one=1'], ['one=1'], { one: '1' }],
    [{ one: '1' }, ['new=2'], ['new=2'], { one: '1', new: '2' }],
    [{ one: '1', two: '2' }, ['one=a', 'one=b'], [], { one: 'b', two: '2' }],
    [{ one: '1', two: '2' }, [], ['one=other', 'two'], undefined],
  ])('sysctls: %j, %j added, %j removed', async (Sysctls, add, remove, expected) => {
    const flags = [...each('--sysctl-add', add), ...each('--sysctl-rm', remove)]
    expect((await container(Sysctls ? { Sysctls } : {}, flags)).Sysctls).toEqual(expected)
  })

  it.each([
    [['gone=x', 'kept=y'], ['new=z'], ['gone'], ['kept=y', 'new=z']],
    [['foo=value'], ['foo=first', 'foo=second'], ['foo'], ['foo=second']],
    [['A=c', 'B=d'], ['A=b'], [], ['A=b', 'B=d']],
    [['A', 'A=1'], [], [], ['A', 'A=1']],
    [['A', 'A=1'], ['B'], [], ['A=1', 'B=mine']],
    [['A=1'], [], ['A'], undefined],
  ])('variables: %j, %j added, %j removed', async (Env, add, remove, expected) => {
    const flags = [...each('--env-add', add), ...each('--env-rm', remove)]
    const { spec } = await updated({ TaskTemplate: { ContainerSpec: { Env } } }, flags, {}, { env: { B: 'mine' } })
    expect(spec.TaskTemplate?.ContainerSpec?.Env).toEqual(expected)
  })

  it('groups: removing wins, sorted', async () => {
    const flags = [...each('--group-add', ['wheel', 'docker', 'foo']), ...each('--group-rm', ['root', 'docker'])]
    expect((await container({ Groups: ['bar', 'root'] }, flags)).Groups).toEqual(['bar', 'foo', 'wheel'])
    expect((await container({ Groups: ['b', 'a'] }, ['--force'])).Groups).toEqual(['b', 'a'])
  })

  it('ulimits: by name, adding wins, sorted', async () => {
    const limit = (Name: string, Soft: number) => ({ Name, Soft, Hard: Soft })
    const flags = ['--ulimit-add', 'nproc=5', '--ulimit-add', 'cpu=1', '--ulimit-rm', 'nofile', '--ulimit-rm', 'cpu=9']
    const { Ulimits } = await container({ Ulimits: [limit('nofile', 1), limit('nproc', 2), limit('core', 3)] }, flags)
    expect(Ulimits).toEqual([limit('core', 3), limit('cpu', 1), limit('nproc', 5)])
    expect((await container({ Ulimits: [limit('nofile', 1)] }, ['--ulimit-rm', 'nofile'])).Ulimits).toBeUndefined()
  })

  it('name servers, search domains and options: removing wins, sorted', async () => {
    const dns = [
      ...each('--dns-add', ['1.1.1.1', '1.1.1.1', '2.2.2.2', '2001:db8:abc8::1']),
      ...each('--dns-rm', ['3.3.3.3', '2.2.2.2']),
    ]
    const search = [
      ...each('--dns-search-add', ['example.com', 'example.com', 'example.org']),
      '--dns-search-rm',
      'example.org',
    ]
    const options = ['--dns-option-add', 'ndots:9', '--dns-option-rm', 'timeout:3']
    const DNSConfig = {
      Nameservers: ['3.3.3.3', '10.5.5.5', '5.5.5.5'],
      Search: ['localdomain'],
      Options: ['timeout:3'],
    }
    expect((await container({ DNSConfig }, [...dns, ...search, ...options])).DNSConfig).toEqual({
      Nameservers: ['1.1.1.1', '5.5.5.5', '10.5.5.5', '2001:db8:abc8::1'],
      Search: ['example.com', 'localdomain'],
      Options: ['ndots:9'],
    })
    // Only neighbours are duplicates of one another.
    const { DNSConfig: twice } = await container({ DNSConfig: { Search: ['a', 'b'] } }, ['--dns-search-add', 'a'])
    expect(twice?.Search).toEqual(['a', 'a', 'b'])
  })

  const foobar = ['127.0.0.2 foobar', '127.0.0.1 foobar', '127.0.0.3 foobar']
  const several = ['127.0.0.2 host3 host1 host2 host4', '127.0.0.1 host1 host4', '127.0.0.3 host1', '127.0.0.1 host1']
  it.each([
    [
      ['1.2.3.4 example.com', '4.3.2.1 example.org', '2001:db8::1 example.net', 'gateway.docker.internal:host-gateway'],
      ['example.net:2.2.2.2', 'ipv6.net:2001:db8:abc8::1', 'host.docker.internal:host-gateway'],
      ['example.net:2001:db8::1', 'example.net', 'gateway.docker.internal:host-gateway'],
      [
        '1.2.3.4 example.com',
        '4.3.2.1 example.org',
        '2.2.2.2 example.net',
        '2001:db8:abc8::1 ipv6.net',
        'host-gateway host.docker.internal',
      ],
    ],
    [[], ['foobar:127.0.0.2', 'foobar:127.0.0.1', 'foobar:127.0.0.2'], [], ['127.0.0.2 foobar', '127.0.0.1 foobar']],
    [foobar, ['foobar:127.0.0.4'], ['foobar:127.0.0.2'], [...foobar.slice(1), '127.0.0.4 foobar']],
    [several, [], ['host1'], ['127.0.0.2 host3 host2 host4', '127.0.0.1 host4']],
    [several, [], ['host1:127.0.0.1'], ['127.0.0.2 host3 host1 host2 host4', '127.0.0.1 host4', '127.0.0.3 host1']],
    [
      ['127.0.0.1  one', '', '127.0.0.2\ttwo'],
      ['three:127.0.0.4', 'one:127.0.0.5'],
      ['one'],
      ['127.0.0.2 two', '127.0.0.4 three', '127.0.0.5 one'],
    ],
  ])('hosts: %j, %j added, %j removed', async (Hosts, add, remove, expected) => {
    const flags = [...each('--host-add', add), ...each('--host-rm', remove)]
    expect((await container({ Hosts }, flags)).Hosts).toEqual(expected)
  })

  it.each([
    [
      [
        { Target: '/gone', Source: 'vol1' },
        { Target: '/kept', Source: 'vol3' },
      ],
      ['type=volume,source=vol2,target=/new'],
      ['/gone'],
      [
        { Type: 'volume', Source: 'vol2', Target: '/new' },
        { Target: '/kept', Source: 'vol3' },
      ],
    ],
    [
      [
        { Target: '/a', Source: 'vol1' },
        { Target: '/new', Source: 'vol2' },
        { Target: '/b', Source: 'vol3' },
      ],
      ['type=volume,source=vol4,target=/new'],
      [],
      [
        { Target: '/a', Source: 'vol1' },
        { Target: '/b', Source: 'vol3' },
        { Type: 'volume', Source: 'vol4', Target: '/new' },
      ],
    ],
    [[], ['source=v,target=/x'], ['/x'], undefined],
  ])('mounts: %j, %j added, %j removed', async (Mounts, add, remove, expected) => {
    const flags = [...each('--mount-add', add), ...each('--mount-rm', remove)]
    expect((await container({ Mounts }, flags)).Mounts).toEqual(expected)
  })

  it('mounts: two of one target are refused', async () => {
    expect(await refusal(running, each('--mount-add', ['source=a,target=/x', 'source=b,target=/x']))).toBe(
      'duplicate mount target',
    )
  })
})

describe('the capabilities of docker service update', () => {
  type Lists = [(string[] | undefined)?, string[]?]
  const some: Lists = [
    ['CAP_AAA', 'CAP_BBB'],
    ['CAP_WWW', 'CAP_XXX'],
  ]
  /** Lists to add and to drop: before, on the command line, after (docker/cli service/update_test.go TestUpdateCaps). */
  const cases: [string, Lists, Lists, Lists][] = [
    [
      'nothing asked for leaves them as they are',
      [
        ['b', 'a'],
        ['ALL', 'c'],
      ],
      [],
      [
        ['b', 'a'],
        ['ALL', 'c'],
      ],
    ],
    ['adding', [], [['NET_ADMIN', 'chown']], [['CAP_CHOWN', 'CAP_NET_ADMIN']]],
    ['dropping', [], [[], ['NET_ADMIN']], [undefined, ['CAP_NET_ADMIN']]],
    ['adding what is dropped takes it off the list', [[], ['CAP_A', 'CAP_B']], [['A']], [undefined, ['CAP_B']]],
    ['dropping what is added takes it off the list', [['CAP_A']], [['CHOWN'], ['A']], [['CAP_CHOWN']]],
    ['adding to ALL changes nothing', [['ALL']], [['NET_ADMIN']], [['ALL']]],
    ['dropping ALL takes that off the list', [['ALL']], [['NET_ADMIN'], ['ALL']], [['CAP_NET_ADMIN']]],
    ['adding wins over dropping', [], [['A'], ['A']], [['CAP_A']]],
    ['adding wins over dropping what is on both lists', [['CAP_A'], ['CAP_A']], [['A'], ['A']], [['CAP_A']]],
    [
      'dropping ALL',
      [
        ['CAP_B', 'CAP_C'],
        ['CAP_B', 'CAP_C'],
      ],
      [['A'], ['ALL']],
      [['CAP_A', 'CAP_B', 'CAP_C'], ['ALL']],
    ],
    ['adding ALL', [['CAP_A'], ['CAP_B']], [['ALL'], ['A', 'C']], [['ALL'], ['CAP_B', 'CAP_C']]],
    ['adding and dropping ALL', [['CAP_A'], ['CAP_B']], [['ALL'], ['ALL']], [['ALL'], ['CAP_B']]],
    [
      'names are written in full, sorted, once each',
      [
        ['ccc', 'CAP_DDD'],
        ['www', 'CAP_XXX'],
      ],
      [
        ['bbb', 'aaa', 'cAp_bBb'],
        ['zzz', 'yyy', 'cAp_yYy'],
      ],
      [
        ['CAP_AAA', 'CAP_BBB', 'CAP_CCC', 'CAP_DDD'],
        ['CAP_WWW', 'CAP_XXX', 'CAP_YYY', 'CAP_ZZZ'],
      ],
    ],
    ['RESET empties its list', some, [['RESET'], ['RESET']], []],
    ['RESET empties only its list', some, [[], ['RESET', 'c']], [['CAP_AAA', 'CAP_BBB'], ['CAP_C']]],
    [
      'RESET comes first',
      some,
      [
        ['RESET', 'ONE', 'FOO'],
        ['RESET', 'TWO', 'FOO'],
      ],
      [['CAP_FOO', 'CAP_ONE'], ['CAP_TWO']],
    ],
    [
      'RESET and ALL',
      some,
      [
        ['RESET', 'ALL'],
        ['ALL', 'RESET'],
      ],
      [['ALL']],
    ],
  ]

  it.each(cases)('%s', async (_, [CapabilityAdd, CapabilityDrop], [add, drop], after) => {
    const before = { ...(CapabilityAdd && { CapabilityAdd }), ...(CapabilityDrop && { CapabilityDrop }) }
    const sent = await container(before, [...each('--cap-add', add ?? []), ...each('--cap-drop', drop ?? [])])
    expect([sent.CapabilityAdd, sent.CapabilityDrop]).toEqual([after[0], after[1]])
  })
})

describe('the health check of docker service update', () => {
  const cmd = (...Test: string[]) => ({ Test })
  it.each([
    [['--no-healthcheck'], { Test: ['CMD-SHELL', 'cmd1'], Retries: 10 }, cmd('NONE')],
    [['--no-healthcheck=false'], undefined, {}],
    [['--no-healthcheck=false'], cmd('NONE'), {}],
    [['--health-cmd', 'cmd1'], cmd('NONE'), cmd('CMD-SHELL', 'cmd1')],
    [['--health-retries', '10'], cmd('NONE'), { Retries: 10 }],
    [['--health-retries', '10'], cmd('CMD', 'cmd1'), { Test: ['CMD', 'cmd1'], Retries: 10 }],
    [['--health-interval', '1m'], cmd('CMD', 'cmd1'), { Test: ['CMD', 'cmd1'], Interval: 60e9 }],
    [['--health-timeout', '1m'], undefined, { Timeout: 60e9 }],
    [['--health-cmd', ''], { Test: ['CMD', 'cmd1'], Retries: 10 }, { Retries: 10 }],
    [['--health-retries', '0'], { Test: ['CMD', 'cmd1'], Retries: 10 }, cmd('CMD', 'cmd1')],
    [['--health-start-period', '1m'], cmd('CMD', 'cmd1'), { Test: ['CMD', 'cmd1'], StartPeriod: 60e9 }],
    [['--health-start-interval', '1m'], cmd('NONE'), cmd('NONE')],
  ])('%j', async (flags, Healthcheck, after) => {
    expect((await container(Healthcheck ? { Healthcheck } : {}, flags)).Healthcheck).toEqual(after)
  })

  it.each([['--health-cmd=x'], ['--health-interval=10m'], ['--health-timeout=1m']])(
    '%s is no way to turn it off',
    async (flag) => {
      expect(await refusal(running, [flag, '--no-healthcheck'])).toBe(
        '--no-healthcheck conflicts with --health-* options',
      )
    },
  )
})
