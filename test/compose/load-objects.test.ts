import { describe, expect, test } from 'vitest'
import { load, rewritten } from './load-texts.ts'

describe('objects', () => {
  test.each([
    [
      'networks: {k: , m: {ipam: {config: [{subnet: 10.0.0.0/8}]}}}',
      'networks:\n  k: {}\n  m:\n    ipam:\n      config:\n        - subnet: 10.0.0.0/8\n',
    ],
    [
      'networks: {o: {external: true, x-a: 1}, m: {x-a: 1}}',
      'networks:\n  m: {}\n  o:\n    name: o\n    external: true\n    x-a: 1\n',
    ],
    ['volumes: {v: {external: {name: w}}}', 'volumes:\n  v:\n    name: w\n    external: true\n'],
    ['volumes: {v: {external: true, name: w}}', 'volumes:\n  v:\n    name: w\n    external: true\n'],
    ['volumes: {v: {external: false, driver_opts: {a: 1}}}', 'volumes:\n  v:\n    driver_opts:\n      a: "1"\n'],
    [
      'secrets: {s: {file: ../f}, t: {file: /f, x-a: 1}, u: {driver: d}}',
      'secrets:\n  s:\n    file: /f\n  t:\n    file: /f\n    x-a: 1\n  u:\n    driver: d\n',
    ],
    [
      'configs: {c: {external: true}, d: {template_driver: t}}',
      'configs:\n  c:\n    name: c\n    external: true\n  d:\n    file: /work\n    template_driver: t\n',
    ],
    [
      'volumes: {v: {x-cluster-spec: {access_mode: {block_volume: {}}, capacity_range: {required_bytes: 1K}}}}',
      'volumes:\n  v:\n    x-cluster-spec:\n      access_mode:\n        block_volume: {}\n      capacity_range:\n        required_bytes: "1024"\n',
    ],
  ])('%s', async (text, expected) => {
    expect(await rewritten(text)).toBe(`version: "3.13"\nservices: {}\n${expected}`)
  })

  test.each([
    [
      'volumes: {v: {external: true, driver: d}}',
      'conflicting parameters "external" and "driver" specified for volume "v"',
    ],
    [
      'volumes: {v: {external: true, driver_opts: {a: b}}}',
      'conflicting parameters "external" and "driver_opts" specified for volume "v"',
    ],
    [
      'volumes: {v: {external: true, labels: [a]}}',
      'conflicting parameters "external" and "labels" specified for volume "v"',
    ],
    [
      'volumes: {v: {external: {name: a}, name: b}}',
      'volume v: volume.external.name and volume.name conflict; only use volume.name',
    ],
    [
      'networks: {n: {external: {name: a}, name: b}}',
      'network n: network.external.name and network.name conflict; only use network.name',
    ],
    [
      'secrets: {s: {external: {name: a}, name: b}}',
      'secret s: secret.external.name and secret.name conflict; only use secret.name',
    ],
    ['secrets: {s: {driver: a, file: b}}', 'secret s: secret.driver and secret.file conflict; only use secret.driver'],
    ['networks: {"a b": {driver: 5}}', "'[a b].Driver' expected type 'string', got unconvertible type 'int'"],
  ])('%s is refused', async (text, message) => {
    await expect(load(text)).rejects.toMatchObject({ message })
  })

  test.each([
    ['network', '3.4', '3.5'],
    ['volume', '3.3', '3.4'],
    ['secret', '3.4', '3.5'],
    ['config', '3.4', '3.5'],
  ])('a %s has a deprecated name since %s', async (type, before, since) => {
    const file = (version: string) => `version: "${version}"\n${type}s: {o: {external: {name: other}}}`
    expect((await load(file(before))).warnings).toEqual([])
    expect((await load(file(since))).warnings).toEqual([
      `${type} o: ${type}.external.name is deprecated in favor of ${type}.name`,
    ])
  })
})
