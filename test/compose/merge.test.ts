import { describe, expect, it, test } from 'vitest'
import { load, rewritten } from './load-texts.ts'

/** The lines of the one service that two files make, each with these properties. */
async function merged(base: string, override: string): Promise<string[]> {
  const [first, second] = [base, override].map((properties) => `services: {a: {${properties}}}`)
  const written = await rewritten([first!, second!])
  return written
    .split('\n')
    .slice(3, -1)
    .map((line) => line.slice(4))
}

describe('a service of two files', () => {
  test.each<[string, string, string[]]>([
    ['image: x, user: u', 'image: z', ['image: z', 'user: u']],
    ['image: x, tty: true', 'tty: false', ['image: x', 'tty: true']],
    ['init: true', 'init: false', ['init: true']],
    ['stop_grace_period: 5s', 'stop_grace_period: 0s', ['stop_grace_period: 5s']],
    ['command: [a, b]', 'command: [c]', ['command:', '  - c']],
    ['command: [a, b]', 'command: []', ['command:', '  - a', '  - b']],
    ['cap_add: [a], dns: b', 'cap_add: [a], dns: c', ['cap_add:', '  - a', '  - a', 'dns:', '  - b', '  - c']],
    ['labels: {a: b, c: d}', 'labels: {a: "", e: f}', ['labels:', '  a: ""', '  c: d', '  e: f']],
    [
      'environment: {A: a, B: , C: ""}',
      'environment: {A: "", B: b, C: , D: d}',
      ['environment:', '  A: a', '  B: b', '  C: null', '  D: d'],
    ],
    [
      'healthcheck: {test: a, retries: 5, timeout: 5s}',
      'healthcheck: {test: b, retries: 0, timeout: 0s, disable: true}',
      [
        'healthcheck:',
        '  test:',
        '    - CMD-SHELL',
        '    - a',
        '    - CMD-SHELL',
        '    - b',
        '  timeout: 5s',
        '  retries: 0',
        '  disable: true',
      ],
    ],
    ['deploy: {replicas: 5, mode: m}', 'deploy: {replicas: 0}', ['deploy:', '  mode: m', '  replicas: 0']],
    [
      'deploy: {resources: {limits: {cpus: "1", memory: 1k}}}',
      'deploy: {resources: {limits: {cpus: "2"}, reservations: {memory: 2k}}}',
      [
        'deploy:',
        '  resources:',
        '    limits:',
        '      cpus: "2"',
        '      memory: "1024"',
        '    reservations:',
        '      memory: "2048"',
      ],
    ],
    [
      'deploy: {placement: {constraints: [a]}}',
      'deploy: {placement: {constraints: [b]}}',
      ['deploy:', '  placement:', '    constraints:', '      - a', '      - b'],
    ],
    [
      'secrets: [b, a]',
      'secrets: [{source: b, target: c}, d]',
      ['secrets:', '  - source: a', '  - source: b', '    target: c', '  - source: d'],
    ],
    ['configs: [b, a]', 'image: x', ['configs:', '  - source: a', '  - source: b', 'image: x']],
    [
      'volumes: ["bb:/b", "aa:/a:nocopy"]',
      'volumes: ["cc:/a"]',
      [
        'volumes:',
        '  - type: volume',
        '    source: cc',
        '    target: /a',
        '  - type: volume',
        '    source: bb',
        '    target: /b',
      ],
    ],
    [
      'image: x',
      'volumes: ["bb:/b", "aa:/a"]',
      [
        'image: x',
        'volumes:',
        '  - type: volume',
        '    source: bb',
        '    target: /b',
        '  - type: volume',
        '    source: aa',
        '    target: /a',
      ],
    ],
    [
      'ulimits: {a: 1, b: {soft: 1, hard: 2}}',
      'ulimits: {a: {soft: 3, hard: 4}, b: 5, c: 6}',
      ['ulimits:', '  a:', '    soft: 3', '    hard: 4', '  b: 5', '  c: 6'],
    ],
    [
      'networks: {k: {aliases: [a], ipv4_address: 1.1.1.1, ipv6_address: ::1}, m: }',
      'networks: {k: {ipv4_address: 2.2.2.2}, m: {aliases: [b]}, o: }',
      [
        'networks:',
        '  k:',
        '    ipv4_address: 2.2.2.2',
        '    ipv6_address: ::1',
        '  m:',
        '    aliases:',
        '      - b',
        '  o: null',
      ],
    ],
    ['networks: {k: {aliases: [a]}}', 'networks: [k]', ['networks:', '  k:', '    aliases:', '      - a']],
    [
      'x-a: {b: [1], c: 2, d: 3}, x-e: 1',
      'x-a: {b: [2], c: }, x-f: 1',
      ['x-a:', '  b:', '    - 1', '    - 2', '  c: null', '  d: 3', 'x-e: 1', 'x-f: 1'],
    ],
  ])('{%s} and {%s}', async (base, override, expected) => {
    expect(await merged(base, override)).toEqual(expected)
  })

  const base = 'driver: json-file, options: {a: "1", b: "2"}'
  test.each([
    [
      'no driver',
      base,
      'options: {b: "3", c: "4"}',
      ['  driver: json-file', '  options:', '    a: "1"', '    b: "3"', '    c: "4"'],
    ],
    [
      'the same',
      base,
      'driver: json-file, options: {b: "3"}',
      ['  driver: json-file', '  options:', '    a: "1"', '    b: "3"'],
    ],
    ['another', base, 'driver: syslog, options: {c: "4"}', ['  driver: syslog', '  options:', '    c: "4"']],
    ['none in the first', 'options: {a: "1"}', 'driver: syslog', ['  driver: syslog', '  options:', '    a: "1"']],
    ['no options', base, 'driver: syslog', ['  driver: syslog']],
    ['options in the second only', 'driver: syslog', 'options: {a: "1"}', ['  driver: syslog']],
  ])('logs with %s', async (_, first, second, expected) => {
    expect(await merged(`logging: {${first}}`, `logging: {${second}}`)).toEqual(['logging:', ...expected])
  })

  it('has one port for each published number', async () => {
    const ports = await merged('ports: ["90:80", "80:80"]', 'ports: ["80:81"]')
    expect(ports.filter((line) => /target|published/.test(line))).toEqual([
      '    target: 81',
      '    published: 80',
      '    target: 80',
      '    published: 90',
    ])
    expect((await merged('ports: [80, 81]', 'image: x')).filter((line) => line.includes('target'))).toEqual([
      '    target: 81',
    ])
  })

  it('cannot have a list where there was a text', async () => {
    await expect(merged('x-a: text', 'x-a: [list]')).rejects.toThrow(
      'failed to merge file file2.yml\ncannot merge services: cannot merge service a: cannot append two slices with different type ([]interface {}, string)',
    )
  })
})

describe('two files', () => {
  it('have other objects as wholes, and the extensions of the first', async () => {
    const first =
      'services: {b: {image: b}}\nnetworks: {n: {driver: d, internal: true}, m: }\nvolumes: {v: {driver: d}}\nx-a: 1'
    const second =
      'services: {a: {image: a}}\nnetworks: {n: {attachable: true}}\nsecrets: {s: {file: /f}}\nconfigs: {c: {file: /f}}\nx-b: 1'
    expect(await rewritten([first, second])).toBe(
      `version: "3.13"
services:
  a:
    image: a
  b:
    image: b
networks:
  m: {}
  "n":
    attachable: true
volumes:
  v:
    driver: d
secrets:
  s:
    file: /f
configs:
  c:
    file: /f
x-a: 1
`,
    )
  })

  it('leave what they are made of alone', async () => {
    const text = 'services: {a: {image: x, labels: [a], x-b: {c: 1}}}'
    const { config } = await load([text, 'services: {a: {labels: [b], x-b: {d: 2}}}', 'services: {a: {labels: [c]}}'])
    expect(Object.keys(config.services[0]?.labels ?? {})).toEqual(['a', 'b', 'c'])
  })
})
