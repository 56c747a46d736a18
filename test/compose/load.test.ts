import { describe, expect, it, test } from 'vitest'
import { loadCompose } from '../../src/compose/load.ts'
import { ForbiddenPropertiesError, deprecatedProperties, unsupportedProperties } from '../../src/compose/properties.ts'
import { parseYaml } from '../../src/compose/yaml.ts'
import { load, rewritten, rewrittenService, service, type World } from './load-texts.ts'

const env = { HOME: '/home/me', SET: 'set', EMPTY: '' }

describe('a service', () => {
  test.each<[string[], string[], World?]>([
    [['command: bundle exec "a b"'], ['command:', '  - bundle', '  - exec', '  - a b']],
    [['entrypoint: [a, "b c"]'], ['entrypoint:', '  - a', '  - b c']],
    [
      ['dns: 8.8.8.8', 'dns_search: [b, a]'],
      ['dns:', '  - 8.8.8.8', 'dns_search:', '  - b', '  - a'],
    ],
    [
      ['expose: [80, "90-91"]', 'tmpfs: /t'],
      ['expose:', '  - "80"', '  - 90-91', 'tmpfs:', '  - /t'],
    ],
    [['labels: [a, b=, c=d=e]'], ['labels:', '  a: ""', '  b: ""', '  c: d=e']],
    [['labels: {b: 1.0, a: 0644, c:, d: 1e6}'], ['labels:', '  a: "420"', '  b: "1"', '  c: ""', '  d: "1e+06"']],
    [['sysctls: [a=1, b]'], ['sysctls:', '  a: "1"', '  b: ""']],
    [
      ['environment: [A, B=, SET, EMPTY=]'],
      ['environment:', '  A: null', '  B: ""', '  EMPTY: ""', '  SET: set'],
      { env },
    ],
    [['environment: {SET: "", N: 5, OTHER: }'], ['environment:', '  "N": "5"', '  OTHER: null', '  SET: set'], { env }],
    [
      ['env_file: [a.env, /b.env]', 'environment: {B: mine}'],
      ['environment:', '  A: "1"', '  B: mine', '  C: "3"', '  SET: set', 'env_file:', '  - a.env', '  - /b.env'],
      { env, files: { '/work/a.env': 'A=0\nB=0\n', '/b.env': '# comment\nA=1\nC=3\nSET\nUNSET\n' } },
    ],
    [['extra_hosts: {b: ::1, a: 1.2.3.4, c: }'], ['extra_hosts:', '  - a:1.2.3.4', '  - b:::1']],
    [['extra_hosts: ["b:[::1]", a=1.2.3.4, c]'], ['extra_hosts:', '  - b:::1', '  - a:1.2.3.4']],
    [
      ['healthcheck: {test: run it, interval: 90s, retries: 0}'],
      ['healthcheck:', '  test:', '    - CMD-SHELL', '    - run it', '  interval: 1m30s', '  retries: 0'],
    ],
    [
      ['healthcheck: {}', 'logging: {}', 'deploy: {}', 'init: false', 'tty: false'],
      ['healthcheck: {}', 'init: false', 'logging: {}'],
    ],
    [
      ['build: .', 'credential_spec: {file: f}'],
      ['build:', '  context: .', 'credential_spec:', '  file: f'],
    ],
    [
      ['ulimits: {nproc: 5, nofile: {hard: 2, soft: 1}, core: 0}'],
      ['ulimits:', '  core: {}', '  nofile:', '    soft: 1', '    hard: 2', '  nproc: 5'],
    ],
    [['networks: [b, a]'], ['networks:', '  a: null', '  b: null']],
    [
      ['networks: {a: {aliases: [x], driver_opts: {o: 1}}, b: }'],
      ['networks:', '  a:', '    aliases:', '      - x', '    driver_opts:', '      o: "1"', '  b: null'],
    ],
    [
      ['secrets: [s, {source: t, mode: 0440, uid: "5"}]'],
      ['secrets:', '  - source: s', '  - source: t', '    uid: "5"', '    mode: 288'],
    ],
    [['stop_grace_period: 0s', 'pid: ', 'oom_score_adj: 5'], ['stop_grace_period: 0s']],
    [
      ['x-b: {c: [1], a: ~}', 'x-a: 1'],
      ['x-a: 1', 'x-b:', '  a: null', '  c:', '    - 1'],
    ],
    [
      [
        'deploy:',
        '  resources:',
        '    limits: {cpus: "0.5", memory: 50M, pids: 5}',
        '    reservations:',
        '      generic_resources: [{discrete_resource_spec: {kind: gpu}}]',
      ],
      [
        'deploy:',
        '  resources:',
        '    limits:',
        '      cpus: "0.5"',
        '      memory: "52428800"',
        '      pids: 5',
        '    reservations:',
        '      generic_resources:',
        '        - discrete_resource_spec:',
        '            kind: gpu',
        '            value: 0',
      ],
    ],
    [
      ['deploy: {update_config: {parallelism: 0, delay: 0s, max_failure_ratio: 0.1}}'],
      ['deploy:', '  update_config:', '    parallelism: 0', '    max_failure_ratio: 0.1'],
    ],
  ])('%j', async (lines, expected, world = {}) => {
    expect(await rewrittenService(lines, world)).toEqual(expected)
  })

  test.each([
    ['80', ['  - mode: ingress', '    target: 80', '    protocol: tcp']],
    ['"8080:80/udp"', ['  - mode: ingress', '    target: 80', '    published: 8080', '    protocol: udp']],
    [
      '"90-91:80"',
      [
        '  - mode: ingress',
        '    target: 80',
        '    published: 90',
        '    protocol: tcp',
        '  - mode: ingress',
        '    target: 80',
        '    published: 91',
        '    protocol: tcp',
      ],
    ],
    ['{target: 80, published: 90, mode: host}', ['  - mode: host', '    target: 80', '    published: 90']],
  ])('publishes %s', async (port, expected) => {
    expect(await rewrittenService([`ports: [${port}]`])).toEqual(['ports:', ...expected])
  })

  it('orders the ports of a range by their texts', async () => {
    const written = await rewrittenService(['ports: ["199-200:99-100"]'])
    expect(written.filter((line) => line.includes('target'))).toEqual(['    target: 100', '    target: 99'])
  })

  test.each([
    ['data:/data', ['  - type: volume', '    source: data', '    target: /data']],
    ['/data', ['  - type: volume', '    target: /data']],
    ['./src:/src:ro', ['  - type: bind', '    source: /work/src', '    target: /src', '    read_only: true']],
    [
      '~/src:/src:rshared',
      ['  - type: bind', '    source: /home/me/src', '    target: /src', '    bind:', '      propagation: rshared'],
    ],
    ['C:\\\\a:/a', ['  - type: bind', '    source: C:\\a', '    target: /a']],
    [
      'data:/data:nocopy',
      ['  - type: volume', '    source: data', '    target: /data', '    volume:', '      nocopy: true'],
    ],
  ])('mounts %s', async (volume, expected) => {
    expect(await rewrittenService([`volumes: ["${volume}"]`], { env })).toEqual(['volumes:', ...expected])
  })

  it('mounts what is spelled out', async () => {
    const lines = [
      'volumes:',
      '  - {type: bind, source: ../s, target: /s}',
      '  - {type: tmpfs, target: /t, tmpfs: {size: 0}}',
      '  - {type: cluster, source: "group:x", target: /c}',
    ]
    expect(await rewrittenService(lines)).toEqual([
      'volumes:',
      '  - type: bind',
      '    source: /s',
      '    target: /s',
      '  - type: tmpfs',
      '    target: /t',
      '    tmpfs: {}',
      '  - type: cluster',
      '    source: group:x',
      '    target: /c',
    ])
  })

  test.each([
    ['volumes: [{type: bind, target: /t}]', 'invalid mount config for type "bind": field Source must not be empty'],
    ['volumes: ["one:/two:ro:x"]', "'Volumes[0]' invalid spec: one:/two:ro:x: too many colons"],
    ['ports: [80.5]', "'Ports' invalid type float64 for port"],
    ['image: 2020-01-01', "'Image' expected type 'string', got unconvertible type 'time.Time'"],
    ['dns: 2020-01-01', "'DNS' invalid type time.Time for string list"],
    ['shm_size: 5', "'shm_size' expected type 'string', got unconvertible type 'int'"],
    ['ulimits: {nofile: 5.0}', "'Ulimits[nofile]' invalid type float64 for ulimits"],
    ['command: "a \'b"', "'Command' EOF found when expecting closing quote"],
    ['deploy: {resources: {limits: {memory: 5x}}}', "'Deploy.Resources.Limits.memory' invalid suffix: 'x'"],
    ['env_file: none', 'open /work/none: no such file or directory'],
    [
      '{deploy: {replicas: -1}, healthcheck: {retries: -1.5}}',
      "'Deploy.Replicas' cannot parse value as 'uint64': -1 overflows uint\n'HealthCheck.Retries' cannot parse value as 'uint64': -1.500000 overflows uint",
    ],
  ])('with %s is refused', async (line, message) => {
    const text = line.startsWith('{') ? `services:\n  a: ${line}\n` : `services:\n  a:\n    ${line}\n`
    await expect(load(text)).rejects.toMatchObject({ message })
  })

  it('warns of addresses and of a home that is not known', async () => {
    const { warnings, config } = await load(service('ports: ["1.2.3.4:5:6"]', 'volumes: ["~/s:/t"]'))
    expect(warnings).toEqual([
      "ignoring IP-address (1.2.3.4:5:6/tcp) service will listen on '0.0.0.0'",
      "cannot expand '~', because the environment lacks HOME",
    ])
    expect(config.services[0]?.volumes?.[0]?.source).toBe('/work/~/s')
  })
})

describe('properties that a stack', () => {
  const texts = [
    'services: {a: {image: x, build: ., links: [b], container_name: c}, b: {image: x, cgroup_parent: x}}',
    'services: {a: {image: x, expose: [1], build: .}}',
    'services: [a]',
  ]
  const contents = texts.map((text) => parseYaml(Buffer.from(text)))

  it('leaves out are named', () => {
    expect(unsupportedProperties(contents)).toEqual(['build', 'cgroup_parent', 'links'])
    expect(Object.keys(deprecatedProperties(contents))).toEqual(['container_name', 'expose'])
  })

  it('cannot have are named', async () => {
    const error: unknown = await load('services: {a: {volumes_from: [x], mem_limit: 5, image: 5}}').catch(
      (fault: unknown) => fault,
    )
    expect(error).toBeInstanceOf(ForbiddenPropertiesError)
    expect(Object.keys((error as ForbiddenPropertiesError).properties)).toEqual(['volumes_from', 'mem_limit'])
  })
})

describe('files', () => {
  it('are wanted', async () => {
    await expect(
      loadCompose([], { workingDir: '/', lookup: () => undefined, readFile: async () => new Uint8Array() }),
    ).rejects.toThrow('no files specified')
  })

  it('are of one version', async () => {
    await expect(load(['version: "3.7"', 'version: "3.8"'])).rejects.toThrow(
      'version mismatched between two composefiles : 3.7 and 3.8',
    )
    await expect(load(['version: "3.8"', 'services: {}'])).rejects.toThrow(
      'version mismatched between two composefiles : 3.8 and 3.13',
    )
  })

  it('keep their extensions at the end', async () => {
    expect(await rewritten('x-b: [1, a]\nx-a: {b: {c: }}\nservices: {}')).toBe(
      'version: "3.13"\nservices: {}\nx-a:\n  b:\n    c: null\nx-b:\n  - 1\n  - a\n',
    )
  })

  it('give services in order', async () => {
    expect((await load('services: {b: {image: x}, a: {image: x}}')).config.services.map(({ name }) => name)).toEqual([
      'a',
      'b',
    ])
  })
})
